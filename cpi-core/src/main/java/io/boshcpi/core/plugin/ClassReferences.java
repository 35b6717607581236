package io.boshcpi.core.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The classes that a class file names in its constant pool (JVM specification, 4.4). */
final class ClassReferences {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private ClassReferences() {}

    static Set<String> of(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipBytes(8); // magic number and version
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] nameIndexes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts[i] = in.readUTF();
                case CLASS -> nameIndexes[i] = in.readUnsignedShort();
                case STRING, METHOD_TYPE, MODULE, PACKAGE -> in.skipBytes(2);
                case METHOD_HANDLE -> in.skipBytes(3);
                case LONG, DOUBLE -> {
                    in.skipBytes(8);
                    i++; // They take two places.
                }
                default -> in.skipBytes(4); // numbers and pairs of indexes
            }
        }
        return names(texts, nameIndexes);
    }

    private static Set<String> names(String[] texts, int[] nameIndexes) {
        Set<String> names = new LinkedHashSet<>();
        for (int index : nameIndexes) {
            String name = texts[index];
            if (index > 0 && name != null && !name.startsWith("[")) {
                names.add(name.replace('/', '.'));
            }
        }
        return names;
    }
}
