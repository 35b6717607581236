package io.boshcpi.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as plain values: {@link String}, {@link Boolean}, {@link Integer}, {@link Long}, {@link
 * BigInteger}, {@link BigDecimal}, {@link List}, {@link Map} and {@code null}.
 *
 * <p>Reading is strict with one exception: the last of two equal keys wins, since deployment tags that a Director merges
 * into metadata may repeat a key.
 *
 * <p>This is the only JSON code on the way of a call. It uses the tokens of jackson-core and no binding on top: loading
 * jackson-databind takes longer than a whole cold call. Commands for people and plugins use jackson-databind.
 */
public final class Json {
    /** Far deeper than any document of BOSH, LXD or Incus, and far from exhausting the stack. */
    private static final int MAX_DEPTH = 100;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private Json() {}

    /**
     * Reads one document.
     *
     * @param document the document in UTF-8, without a byte order mark
     */
    public static @Nullable Object read(byte[] document) throws MalformedJsonException {
        CharBuffer text = decode(document);
        if (text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK) {
            throw new MalformedJsonException("begins with a byte order mark, which is not JSON");
        }
        try (JsonParser parser = FACTORY.createParser(text.array(), text.arrayOffset(), text.length())) {
            return document(parser);
        } catch (MalformedJsonException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Reading an array cannot fail.
        }
    }

    /**
     * Reads a stream that holds one object, to its end.
     *
     * @throws MalformedJsonException if the stream holds anything else
     * @throws IOException if the stream cannot be read
     */
    public static Map<String, @Nullable Object> readObject(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            return asObject(document(parser));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    /**
     * Reads an object.
     *
     * @param document the object in UTF-8
     */
    public static Map<String, @Nullable Object> readObject(byte[] document) throws MalformedJsonException {
        return asObject(read(document));
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
    private static Map<String, @Nullable Object> asObject(@Nullable Object value) throws MalformedJsonException {
        if (value instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new MalformedJsonException("is not a JSON object");
    }

    /** The members of a value that is an object; none of any other value. */
    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
    public static Map<String, ?> members(@Nullable Object value) {
        return value instanceof Map<?, ?> object ? (Map<String, ?>) object : Map.of();
    }

    private static CharBuffer decode(byte[] document) throws MalformedJsonException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("is not valid UTF-8", e);
        }
    }

    private static @Nullable Object document(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedJsonException("is empty");
        }
        Object value = value(parser, first);
        if (parser.nextToken() != null) {
            throw new MalformedJsonException("is followed by something after the end of its JSON document");
        }
        return value;
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new MalformedJsonException("is not valid JSON: it ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("No value begins with " + token);
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            object.put(key, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    /** Jackson's own message quotes what it cannot read, so only the place is taken from it. */
    private static MalformedJsonException malformed(JsonProcessingException e) {
        String why = "it is malformed";
        if (e instanceof JsonEOFException) {
            why = "it ends too early";
        } else if (e instanceof StreamConstraintsException) {
            why = "it is nested too deeply, or a number or a string is too long";
        }
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return new MalformedJsonException("is not valid JSON: " + why + place);
    }

    /** Writes a value as one line. Values of other types than the JSON ones are written as strings. */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Writing to memory cannot fail.
        }
        return text.toString();
    }

    /** Writes a value as one line in UTF-8. Values of other types than the JSON ones are written as strings. */
    public static byte[] writeBytes(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Writing to memory cannot fail.
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            generator.writeStartArray();
            for (Object element : array) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else {
            generator.writeString(value.toString());
        }
    }
}
