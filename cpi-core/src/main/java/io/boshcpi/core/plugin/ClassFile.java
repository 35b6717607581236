package io.boshcpi.core.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says of itself and of other classes (JVM specification, chapter 4), without loading any of them. Names of
 * classes have dots.
 *
 * @param name the class
 * @param access its access flags
 * @param superName the class that it extends; {@code null} for {@code Object} alone
 * @param interfaces the interfaces that it names itself
 * @param fields the access flags of its fields, by name and descriptor
 * @param methods the access flags of its methods, by name and descriptor
 * @param classes the classes that its constant pool names
 * @param members the fields and methods that its constant pool names
 */
record ClassFile(
        String name,
        int access,
        @Nullable String superName,
        List<String> interfaces,
        Map<String, Integer> fields,
        Map<String, Integer> methods,
        Set<String> classes,
        List<Member> members) {
    static final int PUBLIC = 0x1;
    static final int PRIVATE = 0x2;
    static final int PROTECTED = 0x4;
    static final int STATIC = 0x8;
    static final int INTERFACE = 0x200;
    static final int ABSTRACT = 0x400;

    /**
     * A field or a method that a class uses.
     *
     * @param owner the class that it is looked up in, or an array
     * @param name its name
     * @param descriptor its type, in the notation of class files
     */
    record Member(String owner, String name, String descriptor) {
        /** How {@link ClassFile#fields} and {@link ClassFile#methods} know it. */
        String key() {
            return name.concat(descriptor);
        }

        boolean isMethod() {
            return descriptor.startsWith("(");
        }
    }

    /**
     * Reads a class file.
     *
     * @throws IOException if it is cut off, or something else
     */
    static ClassFile read(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        if (in.readInt() != 0xCAFEBABE) {
            throw new IOException("not a class file");
        }
        in.skipBytes(4); // the version
        ConstantPool pool = new ConstantPool(in);
        int access = in.readUnsignedShort();
        String name = pool.className(in.readUnsignedShort());
        int superIndex = in.readUnsignedShort();
        String superName = superIndex == 0 ? null : pool.className(superIndex);
        List<String> interfaces = new ArrayList<>();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            interfaces.add(pool.className(in.readUnsignedShort()));
        }
        Map<String, Integer> fields = declared(in, pool);
        Map<String, Integer> methods = declared(in, pool);
        return new ClassFile(name, access, superName, interfaces, fields, methods, pool.classes(), pool.members());
    }

    private static Map<String, Integer> declared(DataInputStream in, ConstantPool pool) throws IOException {
        Map<String, Integer> declared = new HashMap<>();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            int access = in.readUnsignedShort();
            String name = pool.text(in.readUnsignedShort());
            declared.put(name.concat(pool.text(in.readUnsignedShort())), access);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipBytes(2);
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
        }
        return declared;
    }

    /** The constants that name something. */
    private static final class ConstantPool {
        private static final int UTF8 = 1;
        private static final int LONG = 5;
        private static final int DOUBLE = 6;
        private static final int CLASS = 7;
        private static final int STRING = 8;
        private static final int FIELD = 9;
        private static final int METHOD = 10;
        private static final int INTERFACE_METHOD = 11;
        private static final int NAME_AND_TYPE = 12;
        private static final int METHOD_HANDLE = 15;
        private static final int METHOD_TYPE = 16;
        private static final int MODULE = 19;
        private static final int PACKAGE = 20;

        private final int[] tags;
        private final @Nullable String[] texts;
        private final int[] first;
        private final int[] second;

        ConstantPool(DataInputStream in) throws IOException {
            int count = in.readUnsignedShort();
            tags = new int[count];
            texts = new String[count];
            first = new int[count];
            second = new int[count];
            for (int i = 1; i < count; i++) {
                tags[i] = in.readUnsignedByte();
                switch (tags[i]) {
                    case UTF8 -> texts[i] = in.readUTF();
                    case CLASS -> first[i] = in.readUnsignedShort();
                    case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE -> {
                        first[i] = in.readUnsignedShort();
                        second[i] = in.readUnsignedShort();
                    }
                    case STRING, METHOD_TYPE, MODULE, PACKAGE -> in.skipBytes(2);
                    case METHOD_HANDLE -> in.skipBytes(3);
                    case LONG, DOUBLE -> {
                        in.skipBytes(8);
                        i++; // They take two places.
                    }
                    default -> in.skipBytes(4); // numbers and pairs of indexes
                }
            }
        }

        String text(int index) throws IOException {
            String text = index < texts.length ? texts[index] : null;
            if (text == null) {
                throw new IOException("the constant pool is damaged");
            }
            return text;
        }

        String className(int index) throws IOException {
            if (index >= first.length) {
                throw new IOException("the constant pool is damaged");
            }
            return text(first[index]).replace('/', '.');
        }

        Set<String> classes() throws IOException {
            Set<String> classes = new LinkedHashSet<>();
            for (int i = 1; i < tags.length; i++) {
                if (tags[i] == CLASS && !className(i).startsWith("[")) {
                    classes.add(className(i));
                }
            }
            return classes;
        }

        List<Member> members() throws IOException {
            List<Member> members = new ArrayList<>();
            for (int i = 1; i < tags.length; i++) {
                if (tags[i] == FIELD || tags[i] == METHOD || tags[i] == INTERFACE_METHOD) {
                    int type = second[i];
                    if (type >= first.length) {
                        throw new IOException("the constant pool is damaged");
                    }
                    members.add(new Member(className(first[i]), text(first[type]), text(second[type])));
                }
            }
            return members;
        }
    }
}
