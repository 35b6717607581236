package io.boshcpi.core.call;

import io.boshcpi.core.log.Redactor;
import io.boshcpi.spi.Secret;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Secret}s in a provider's configuration record: the provider's author knows best what is one. */
final class RecordSecrets {
    private RecordSecrets() {}

    static void teach(@Nullable Object value, Redactor redactor) {
        if (value instanceof Secret secret) {
            redactor.learnSecret(secret.value());
        } else if (value instanceof Optional<?> optional) {
            teach(optional.orElse(null), redactor);
        } else if (value instanceof Iterable<?> elements) {
            for (Object element : elements) {
                teach(element, redactor);
            }
        } else if (value instanceof Map<?, ?> map) {
            teach(map.values(), redactor);
        } else if (value instanceof Record composite) {
            for (RecordComponent component : composite.getClass().getRecordComponents()) {
                teach(read(component.getAccessor(), composite), redactor);
            }
        }
    }

    private static @Nullable Object read(Method accessor, Record composite) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(composite);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor + " cannot be called", e);
        }
    }
}
