package io.boshcpi.core.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
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
 * JSON as plain values: {@link String}, {@link Boolean}, {@link Integer}, {@link Long}, {@link BigInteger},
 * {@link BigDecimal}, {@link List}, {@link Map} and {@code null}.
 *
 * <p>Reading is strict but for one thing: of two equal keys the last one wins, since deployment tags that a Director
 * merges into metadata may repeat a key. Errors tell the place and never quote the text, which is full of secrets.
 */
public final class Json {
    /** Far deeper than anything that BOSH sends, and far from exhausting the stack. */
    private static final int MAX_DEPTH = 100;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private Json() {}

    /**
     * Reads one JSON document.
     *
     * @param what how to call the document in errors, such as {@code "The request"}
     * @param bytes the document in UTF-8
     */
    public static @Nullable Object read(String what, byte[] bytes) {
        CharBuffer text = decode(what, bytes);
        if (text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK) {
            throw CpiException.badRequest(what + " begins with a byte order mark, which is not JSON");
        }
        try (JsonParser parser = FACTORY.createParser(text.array(), text.arrayOffset(), text.length())) {
            return document(what, parser);
        } catch (JsonEOFException e) {
            throw notJson(what, e, "it ends too early");
        } catch (StreamConstraintsException e) {
            throw notJson(what, e, "it is nested too deeply, or a number or a string is too long");
        } catch (JsonProcessingException e) {
            throw notJson(what, e, "it is malformed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CharBuffer decode(String what, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new CpiException(ErrorType.CPI_ERROR, what + " is not valid UTF-8", e);
        }
    }

    private static @Nullable Object document(String what, JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw CpiException.badRequest(what + " is empty");
        }
        Object value = value(parser, first);
        if (parser.nextToken() != null) {
            throw CpiException.badRequest(what + " is followed by something after the end of its JSON document");
        }
        return value;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
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

    /** Jackson's own message quotes what it could not read, so only the place is taken from it. */
    private static CpiException notJson(String what, JsonProcessingException e, String why) {
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return CpiException.badRequest(what + " is not valid JSON: " + why + place);
    }

    /** Writes a value as one line. */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
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
