package io.boshcpi.conformance;

import io.boshcpi.conformance.wire.Cpi;
import io.boshcpi.conformance.wire.Output;
import io.boshcpi.conformance.wire.Output.End;
import io.boshcpi.conformance.wire.Request;
import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A CPI over a cloud in memory that does everything right but for one {@link Fault}. */
final class FaultyCpi implements Cpi {
    /** Stands in the configuration that the kit is told of. */
    static final String CONFIGURED_SECRET = "configured-Secret-0815";

    private static final int LARGE = 100_000;

    private final @Nullable Fault fault;
    private final Set<String> notOffered;
    private final MemoryCloud cloud;
    private final CyclicBarrier pair = new CyclicBarrier(2);

    FaultyCpi(@Nullable Fault fault, Set<String> notOffered) {
        this.fault = fault;
        this.notOffered = notOffered;
        this.cloud = new MemoryCloud();
    }

    /** What is in the cloud. */
    MemoryCloud cloud() {
        return cloud;
    }

    /** Ends a call with an error. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String type;
        private final boolean okToRetry;

        Failure(String type, String message, boolean okToRetry) {
            super(message);
            this.type = "Bosh::Clouds::" + type;
            this.okToRetry = okToRetry;
        }

        Failure(String type, String message) {
            this(type, message, false);
        }
    }

    private boolean has(Fault wanted) {
        return fault == wanted;
    }

    @Override
    public Output call(Request request) {
        if (has(Fault.HANGS_IN_RESIZE) && request.method().equals("resize_disk")) {
            return new Output(new byte[0], "", End.TIMED_OUT, 137, true);
        }
        if (has(Fault.EMPTY_REQUEST_WITHOUT_ANSWER) && request.text().isEmpty()) {
            return Output.of("");
        }
        Map<String, @Nullable Object> answer = answer(request.text());
        boolean error = answer.get("error") != null;
        String text = Json.write(answer) + "\n";
        if (has(Fault.TEXT_BEFORE_THE_ANSWER)) {
            text = "Warning: a slow \"start\"\n" + text;
        } else if (has(Fault.TWO_ANSWERS)) {
            text += text;
        } else if (has(Fault.BYTE_ORDER_MARK)) {
            text = "\uFEFF" + text;
        }
        End end = has(Fault.STREAMS_STAY_OPEN) && request.method().equals("reboot_vm") ? End.STREAM_OPEN : End.EXITED;
        int exitCode = has(Fault.EXIT_CODE_OF_ERRORS) && error ? 1 : 0;
        boolean read = !has(Fault.STDIN_LEFT_ALONE) || request.text().length() < LARGE;
        String stderr = has(Fault.SECRET_IN_STDERR) ? request.text() : "a line of log\n";
        return new Output(text.getBytes(StandardCharsets.UTF_8), stderr, end, exitCode, read);
    }

    private Map<String, @Nullable Object> answer(String text) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("result", null);
        answer.put("error", null);
        answer.put("log", "");
        try {
            answer.put("result", result(text));
        } catch (Failure failure) {
            answer.put("error", error(failure));
            if (has(Fault.NO_RESULT_IN_ERRORS)) {
                answer.remove("result");
            }
        }
        if (has(Fault.NO_LOG)) {
            answer.remove("log");
        } else if (has(Fault.NULL_AS_LOG)) {
            answer.put("log", null);
        } else if (has(Fault.SECRET_IN_LOG) && text.contains("create_vm")) {
            answer.put("log", text);
        } else if (has(Fault.SECRET_OF_CONTEXT_IN_LOG) && text.contains("conformance_kit") && text.contains("info")) {
            answer.put("log", text);
        } else if (has(Fault.SECRET_OF_CONFIGURATION_IN_LOG)) {
            answer.put("log", "connecting with " + CONFIGURED_SECRET);
        }
        return answer;
    }

    private Map<String, @Nullable Object> error(Failure failure) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("type", failure.type);
        error.put("message", has(Fault.NULL_AS_MESSAGE) ? null : failure.getMessage());
        error.put("ok_to_retry", failure.okToRetry);
        if (has(Fault.NO_OK_TO_RETRY)) {
            error.remove("ok_to_retry");
        } else if (has(Fault.OK_TO_RETRY_AS_TEXT)) {
            error.put("ok_to_retry", "false");
        }
        return error;
    }

    private @Nullable Object result(String text) {
        Map<String, @Nullable Object> request = read(text);
        if (has(Fault.UNKNOWN_KEYS_REFUSED) && request.containsKey("conformance_kit")) {
            throw new Failure("CpiError", "unknown key");
        }
        if (has(Fault.ASCII_ONLY) && !text.chars().allMatch(c -> c < 128) && text.contains("\"info\"")) {
            throw new Failure("CpiError", "unreadable");
        }
        if (has(Fault.DUPLICATE_KEYS_REFUSED) && text.indexOf("\"job\"") != text.lastIndexOf("\"job\"")) {
            throw new Failure("CpiError", "a key twice");
        }
        if (Json.members(request.get("context")).containsKey("unreachable") && !has(Fault.CONTEXT_IGNORED)) {
            throw new Failure("CloudError", "unreachable");
        }
        String method = String.valueOf(request.get("method"));
        if (notOffered.contains(method)) {
            throw new Failure("NotImplemented", method);
        }
        List<?> arguments = request.get("arguments") instanceof List<?> list ? list : List.of();
        Call call = new Call(method, arguments, request.get("api_version"));
        if (has(Fault.ONE_INFO_AT_A_TIME) && method.equals("info") && isOneOfTwo()) {
            throw new Failure("CloudError", "busy");
        }
        synchronized (cloud) {
            return call.run();
        }
    }

    /** Whether another call comes meanwhile: pairs are only looked for in the threads of a pool. */
    private boolean isOneOfTwo() {
        if (!Thread.currentThread().getName().startsWith("pool-")) {
            return false;
        }
        try {
            return pair.await(10, TimeUnit.SECONDS) == 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, @Nullable Object> read(String text) {
        try {
            if (has(Fault.ARRAY_AS_INFO) && text.startsWith("[")) {
                return new LinkedHashMap<>(Map.of("method", "info", "arguments", List.of()));
            }
            return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            boolean wrong = has(Fault.MALFORMED_REQUEST_AS_CLOUD_ERROR) && text.startsWith("this");
            throw new Failure(wrong ? "CloudError" : "CpiError", "The request " + e.getMessage());
        }
    }

    /** One call on the cloud. */
    private final class Call {
        private final String method;
        private final List<?> arguments;
        private final boolean byCli;

        Call(String method, List<?> arguments, @Nullable Object apiVersion) {
            this.method = method;
            this.arguments = arguments;
            this.byCli =
                    Integer.valueOf(2).equals(apiVersion) || Integer.valueOf(1).equals(apiVersion);
        }

        private String text(int at) {
            if (arguments.size() <= at) {
                if (has(Fault.ARGUMENTS_NOT_COUNTED)) {
                    return "";
                }
                throw new Failure("CpiError", method + " needs more arguments");
            }
            if (arguments.get(at) instanceof String text) {
                return text;
            }
            if (has(Fault.TYPES_NOT_CHECKED)) {
                return String.valueOf(arguments.get(at));
            }
            throw new Failure("CpiError", method + " needs a string");
        }

        private Map<String, ?> hash(int at) {
            return Json.members(arguments.get(at));
        }

        private int number(int at) {
            return arguments.get(at) instanceof Integer number ? number : 0;
        }

        @Nullable
        Object run() {
            return switch (method) {
                case "info" -> info();
                case "create_stemcell" -> createStemcell();
                case "delete_stemcell" -> deleteStemcell();
                case "create_vm" -> createVm();
                case "delete_vm" -> deleteVm();
                case "has_vm" -> hasVm();
                case "reboot_vm" -> rebootVm();
                case "set_vm_metadata" -> setVmMetadata();
                case "calculate_vm_cloud_properties" -> calculate();
                case "current_vm_id" -> has(Fault.CURRENT_VM_EMPTY) ? "" : "vm-director";
                case "create_disk" -> createDisk();
                case "delete_disk" -> deleteDisk();
                case "has_disk" -> hasDisk();
                case "attach_disk" -> attachDisk();
                case "detach_disk" -> detachDisk();
                case "get_disks" -> getDisks();
                case "resize_disk" -> resizeDisk();
                case "update_disk" -> updateDisk();
                case "set_disk_metadata" -> setDiskMetadata();
                case "snapshot_disk" -> snapshotDisk();
                case "delete_snapshot" -> deleteSnapshot();
                case "create_network" -> createNetwork();
                case "delete_network" -> deleteNetwork();
                case "configure_networks" -> {
                    if (has(Fault.RETIRED_METHOD_SERVED)) {
                        yield null;
                    }
                    throw new Failure("NotImplemented", method);
                }
                default ->
                    throw new Failure(
                            has(Fault.UNKNOWN_METHOD_NOT_SUPPORTED) ? "NotSupported" : "NotImplemented", method);
            };
        }

        private Object info() {
            if (has(Fault.EXTRA_ARGUMENT_REFUSED) && !arguments.isEmpty()) {
                throw new Failure("CpiError", "info takes no argument");
            }
            Map<String, Object> info = new TreeMap<>();
            info.put("api_version", 3);
            info.put("stemcell_formats", List.of(has(Fault.OTHER_FORMATS) ? "other" : "memory-tar"));
            if (has(Fault.NO_API_VERSION) || (has(Fault.CLI_GETS_NO_VERSION) && byCli)) {
                info.remove("api_version");
            } else if (has(Fault.API_VERSION_AS_TEXT)) {
                info.put("api_version", "3");
            } else if (has(Fault.API_VERSION_ONE)) {
                info.put("api_version", 1);
            }
            if (has(Fault.NO_FORMATS)) {
                info.remove("stemcell_formats");
            }
            return info;
        }

        private @Nullable Object createStemcell() {
            Path image = Path.of(text(0));
            if (!Files.exists(image) && !has(Fault.IMAGE_NOT_LOOKED_AT)) {
                throw new Failure("CloudError", "there is no " + image);
            }
            if (has(Fault.LIGHT_STEMCELL_REFUSED) && hash(1).containsKey("image_reference")) {
                throw new Failure("CpiError", "the image is empty");
            }
            return has(Fault.STEMCELL_CID_NULL) ? null : cloud.make("sc", cloud.stemcells);
        }

        private @Nullable Object deleteStemcell() {
            if (has(Fault.DELETING_A_STEMCELL_FAILS) && cloud.deletions == 0) {
                cloud.deletions++;
                throw new Failure("CloudError", "in use");
            }
            boolean there = cloud.stemcells.remove(text(0));
            if (!there && has(Fault.MISSING_STEMCELL_NOT_DELETED)) {
                throw new Failure("CloudError", "no such image");
            }
            if (has(Fault.SECOND_UPLOAD_DELETES_THE_FIRST)) {
                cloud.stemcells.clear();
            }
            return null;
        }

        private Object createVm() {
            if (!cloud.stemcells.contains(text(1)) && !has(Fault.VM_OF_NO_STEMCELL)) {
                throw missingStemcell();
            }
            if (has(Fault.CALCULATION_OF_OTHER_KEYS) && hash(2).containsKey("cores")) {
                throw new Failure("CpiError", "cores is unknown");
            }
            Map<String, Object> networks = new LinkedHashMap<>();
            List<String> addresses = new ArrayList<>();
            hash(3).forEach((name, network) -> networks.put(name, network(Json.members(network), addresses)));
            if (has(Fault.ONE_NETWORK_ONLY) && networks.size() > 1) {
                throw new Failure("CloudError", "one network only");
            }
            boolean sameCid = has(Fault.ONE_CID_AT_ONCE)
                    && Thread.currentThread().getName().startsWith("pool-");
            String cid = sameCid ? "vm-same" : "vm-" + cloud.next();
            cloud.vms.put(cid, addresses);
            if (has(Fault.HINT_ATTACHES)) {
                for (Object disk : (Collection<?>) arguments.get(4)) {
                    cloud.attachments.put(String.valueOf(disk), cid);
                }
            }
            boolean asText = has(Fault.VM_AS_TEXT) || (has(Fault.VM_AS_TEXT_FOR_THE_CLI) && byCli);
            return asText ? cid : List.of(cid, networks);
        }

        private Failure missingStemcell() {
            if (has(Fault.HOPELESS_CREATION_TO_BE_RETRIED)) {
                return new Failure("VMCreationFailed", "no such image", true);
            }
            boolean unknown = has(Fault.TYPE_THAT_THE_DIRECTOR_DOES_NOT_KNOW);
            return new Failure(unknown ? "StemcellNotFound" : "CloudError", "no such image");
        }

        private Object network(Map<String, ?> settings, List<String> addresses) {
            boolean dynamic = "dynamic".equals(settings.get("type"));
            if (has(Fault.PREFIX_WANTED) && !settings.containsKey("prefix")) {
                throw new Failure("CpiError", "prefix is missing");
            }
            if (has(Fault.STALE_ADDRESS_TAKEN) && dynamic && settings.containsKey("ip")) {
                throw new Failure("CloudError", "the address is of another network");
            }
            String address = dynamic ? "10.9.9." + cloud.next() : String.valueOf(settings.get("ip"));
            if (cloud.addresses().contains(address) && !has(Fault.ADDRESS_GIVEN_TWICE)) {
                throw new Failure("CloudError", address + " is taken");
            }
            addresses.add(address);
            Map<String, Object> told = new LinkedHashMap<>(settings);
            told.put("ip", has(Fault.OTHER_ADDRESS) ? "10.9.9.9" : address);
            return told;
        }

        private @Nullable Object deleteVm() {
            List<String> addresses = cloud.vms.remove(text(0));
            if (addresses == null && has(Fault.MISSING_VM_NOT_DELETED)) {
                throw new Failure("CloudError", "no such VM");
            }
            if (addresses != null && has(Fault.ADDRESS_KEPT)) {
                cloud.kept.addAll(addresses);
            }
            if (has(Fault.DISKS_GO_WITH_THE_VM)) {
                cloud.attachments.forEach((disk, vm) -> {
                    if (vm.equals(text(0))) {
                        cloud.disks.remove(disk);
                    }
                });
            }
            cloud.attachments.values().removeIf(text(0)::equals);
            return null;
        }

        private Object hasVm() {
            boolean there = (cloud.vms.containsKey(text(0)) && !has(Fault.HAS_VM_NEVER)) || has(Fault.HAS_VM_ALWAYS);
            return has(Fault.HAS_VM_AS_TEXT) ? String.valueOf(there) : there;
        }

        private void needVm(int at, String type) {
            if (!cloud.vms.containsKey(text(at))) {
                throw new Failure(type, "no such VM");
            }
        }

        private void needDisk(int at, String type) {
            if (!cloud.disks.containsKey(text(at))) {
                throw new Failure(type, "no such disk");
            }
        }

        private @Nullable Object rebootVm() {
            needVm(0, has(Fault.REBOOT_OF_A_MISSING_VM_AS_CLOUD_ERROR) ? "CloudError" : "VMNotFound");
            if (has(Fault.REBOOT_DETACHES)) {
                cloud.attachments.values().removeIf(text(0)::equals);
            }
            return null;
        }

        private @Nullable Object setVmMetadata() {
            if (has(Fault.METADATA_NOT_SUPPORTED)) {
                throw new Failure("NotSupported", method);
            }
            if (!has(Fault.METADATA_OF_A_MISSING_VM)) {
                needVm(0, "VMNotFound");
            }
            return checkMetadata();
        }

        private @Nullable Object setDiskMetadata() {
            if (has(Fault.METADATA_OF_DISKS_NOT_SUPPORTED)) {
                throw new Failure("NotSupported", method);
            }
            needDisk(0, "DiskNotFound");
            return checkMetadata();
        }

        private @Nullable Object checkMetadata() {
            boolean strings = hash(1).values().stream().allMatch(String.class::isInstance);
            if (!strings && has(Fault.METADATA_OF_STRINGS_ONLY)) {
                throw new Failure("CpiError", "metadata must be strings");
            }
            return null;
        }

        private Object calculate() {
            if (has(Fault.CALCULATION_CHANGES)) {
                return Map.of("cpu", cloud.next());
            }
            return has(Fault.CALCULATION_OF_OTHER_KEYS) ? Map.of("cores", 1) : Map.of("cpu", 1);
        }

        private Object createDisk() {
            if (number(0) < 1 && !has(Fault.DISK_OF_NO_SIZE)) {
                throw new Failure("CloudError", "no size");
            }
            if (has(Fault.DISK_CID_EMPTY)) {
                return "";
            }
            boolean sameCid = has(Fault.ONE_DISK_AT_ONCE)
                    && Thread.currentThread().getName().startsWith("pool-");
            String cid = sameCid ? "disk-same" : "disk-" + cloud.next();
            cloud.disks.put(cid, number(0));
            return cid;
        }

        private @Nullable Object deleteDisk() {
            if (cloud.attachments.containsKey(text(0))) {
                if (has(Fault.ATTACHED_DISK_DELETED_IN_WORDS_ONLY)) {
                    return null;
                }
                throw new Failure("CloudError", "attached");
            }
            if (cloud.disks.remove(text(0)) == null && has(Fault.MISSING_DISK_NOT_DELETED)) {
                throw new Failure("DiskNotFound", "no such disk");
            }
            return null;
        }

        private Object hasDisk() {
            return (cloud.disks.containsKey(text(0)) && !has(Fault.HAS_DISK_NEVER)) || has(Fault.HAS_DISK_ALWAYS);
        }

        private @Nullable Object attachDisk() {
            needVm(0, has(Fault.MISSING_VM_AS_CLOUD_ERROR) ? "CloudError" : "VMNotFound");
            needDisk(1, has(Fault.MISSING_DISK_AS_CLOUD_ERROR) ? "CloudError" : "DiskNotFound");
            String holder = cloud.attachments.get(text(1));
            if (holder != null && !holder.equals(text(0)) && !has(Fault.DISK_STOLEN)) {
                throw new Failure("CloudError", "attached to " + holder);
            }
            if (holder != null && holder.equals(text(0)) && has(Fault.SECOND_ATTACH_FAILS)) {
                throw new Failure("CloudError", "attached already");
            }
            cloud.attachments.put(text(1), text(0));
            if (has(Fault.NO_HINT) || (has(Fault.NO_HINT_FOR_THE_CLI) && byCli)) {
                return null;
            }
            if (has(Fault.NUMBER_IN_HINT)) {
                return Map.of("path", "/dev/sdc", "lun", 1);
            }
            return "/dev/" + text(1) + (has(Fault.HINT_CHANGES) ? cloud.next() : "");
        }

        private @Nullable Object detachDisk() {
            String vm = text(0);
            String disk = text(1);
            boolean attached = vm.equals(cloud.attachments.get(disk));
            if (has(Fault.DETACH_FAILS)
                    || (has(Fault.DETACH_OF_A_MISSING_DISK_FAILS) && !cloud.disks.containsKey(disk))
                    || (has(Fault.DETACH_FROM_A_MISSING_VM_FAILS) && !cloud.vms.containsKey(vm))
                    || (has(Fault.SECOND_DETACH_FAILS)
                            && !attached
                            && cloud.disks.containsKey(disk)
                            && cloud.vms.containsKey(vm))) {
                throw new Failure("DiskNotAttached", "not attached");
            }
            if (attached) {
                cloud.attachments.remove(disk);
                cloud.detached.put(vm, disk);
            }
            return null;
        }

        private Object getDisks() {
            needVm(0, "VMNotFound");
            List<String> disks = new ArrayList<>();
            cloud.attachments.forEach((disk, vm) -> {
                if (vm.equals(text(0)) && !has(Fault.NO_DISK_LISTED)) {
                    disks.add(disk);
                }
            });
            String detached = cloud.detached.get(text(0));
            if (has(Fault.DETACHED_DISK_LISTED) && detached != null && disks.isEmpty()) {
                disks.add(detached);
            }
            return disks;
        }

        private @Nullable Object resizeDisk() {
            needDisk(0, has(Fault.RESIZE_OF_A_MISSING_DISK) ? "CloudError" : "DiskNotFound");
            if (Integer.valueOf(number(1)).equals(cloud.disks.get(text(0))) && has(Fault.SECOND_RESIZE_FAILS)) {
                throw new Failure("CloudError", "has that size");
            }
            cloud.disks.put(text(0), number(1));
            return null;
        }

        private Object updateDisk() {
            needDisk(0, "DiskNotFound");
            if (!has(Fault.UPDATE_LEAVES_THE_OLD_DISK)) {
                cloud.disks.remove(text(0));
            }
            String cid = "disk-" + cloud.next();
            cloud.disks.put(cid, number(1));
            return cid;
        }

        private @Nullable Object snapshotDisk() {
            needDisk(0, has(Fault.SNAPSHOT_OF_A_MISSING_DISK) ? "CloudError" : "DiskNotFound");
            if (has(Fault.SNAPSHOT_NULL)) {
                return null;
            }
            if (has(Fault.SNAPSHOT_CID_TWICE)) {
                cloud.snapshots.add("snap-1");
                return "snap-1";
            }
            return cloud.make("snap", cloud.snapshots);
        }

        private @Nullable Object deleteSnapshot() {
            if (!cloud.snapshots.remove(text(0)) && has(Fault.MISSING_SNAPSHOT_NOT_DELETED)) {
                throw new Failure("DiskNotFound", "no such snapshot");
            }
            return null;
        }

        private Object createNetwork() {
            String cid = cloud.make("net", cloud.networks);
            return has(Fault.NETWORK_WITHOUT_ADDRESSES)
                    ? Arrays.asList(cid, null, Map.of())
                    : List.of(cid, Map.of("range", "10.8.0.0/24"), Map.of("name", cid));
        }

        private @Nullable Object deleteNetwork() {
            if (!cloud.networks.remove(text(0)) && has(Fault.MISSING_NETWORK_AS_CLOUD_ERROR)) {
                throw new Failure("CloudError", "no such network");
            }
            return null;
        }
    }
}
