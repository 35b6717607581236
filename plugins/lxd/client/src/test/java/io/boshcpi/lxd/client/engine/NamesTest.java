package io.boshcpi.lxd.client.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a/b", "a\\b", "a?b", "a#b", "a%2fb", "a&b", "a b", "a\tb", "a\u0000b", "\u007f"})
    void aNameThatCouldChangeTheRequestIsRefused(String name) {
        LxdException e = catchThrowableOfType(LxdException.class, () -> Names.check("thing", name));

        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e).hasMessageContaining("cannot be the name of a thing");
        assertThat(String.valueOf(e.getMessage()).chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        LxdException e = catchThrowableOfType(LxdException.class, () -> Names.check("thing", "x".repeat(256)));

        assertThat(e.kind()).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm-1", "VM_1", "a.b", "1", "a:b@c", "äö", "..."})
    void anyOtherNameIsTheServersToJudge(String name) {
        assertThat(Names.check("thing", name)).isEqualTo(name);
    }

    @Test
    void whatGoesIntoAUrlIsEncoded() {
        Url url = Url.of("/1.0/x").child("ä:b+c").with("filter", "a eq \"b&c\"").with("n", "1");

        assertThat(url.target()).isEqualTo("/1.0/x/%C3%A4%3Ab%2Bc?filter=a%20eq%20%22b%26c%22&n=1");
        assertThat(url.path()).isEqualTo("/1.0/x/%C3%A4%3Ab%2Bc");
    }

    @Test
    void theLastNameOfAServersUrlIsDecoded() {
        assertThat(Url.lastSegment("/1.0/storage-pools/a%20b?project=p")).isEqualTo("a b");
    }
}
