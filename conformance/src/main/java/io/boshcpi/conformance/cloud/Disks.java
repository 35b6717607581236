package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.wire.Exchange;
import org.jspecify.annotations.Nullable;

/** The disks of the run, and where the one that most rules use is attached. */
public final class Disks {
    private final Callers callers;
    private final Settings settings;
    private final Vms vms;
    private final Fixture disk;
    private final Doomed doomed;
    private @Nullable String attachedTo;

    Disks(Callers callers, Settings settings, Vms vms) {
        this.callers = callers;
        this.settings = settings;
        this.vms = vms;
        this.disk = new Fixture(this::create);
        this.doomed = new Doomed(this::create, cid -> callers.director().call("delete_disk", cid));
    }

    /** Makes a disk for the VM. */
    public Exchange create() {
        return callers.director()
                .call(
                        "create_disk",
                        settings.diskMib(),
                        settings.disk(),
                        vms.vm().cid());
    }

    /** The disk that most rules use. */
    public Fixture disk() {
        return disk;
    }

    /** A disk that is deleted. */
    public Doomed doomed() {
        return doomed;
    }

    /** Attaches the disk. */
    public Exchange attach(String vm) {
        Exchange exchange = callers.director().call("attach_disk", vm, disk.cid());
        if (Prerequisite.isMet(exchange)) {
            attachedTo = vm;
        }
        return exchange;
    }

    /** Detaches the disk. */
    public Exchange detach(String vm) {
        Exchange exchange = callers.director().call("detach_disk", vm, disk.cid());
        if (Prerequisite.isMet(exchange)) {
            attachedTo = null;
        }
        return exchange;
    }

    /** Sees to it that the disk is attached to the VM that most rules use. */
    public void needAttached() {
        String vm = vms.vm().cid();
        if (!vm.equals(attachedTo)) {
            needDetached();
            Prerequisite.of(attach(vm));
        }
    }

    /** Sees to it that the disk is attached nowhere. */
    public void needDetached() {
        if (attachedTo != null) {
            Prerequisite.of(detach(attachedTo));
        }
    }

    /** The VM of the disk is gone. */
    public void vmIsGone() {
        attachedTo = null;
    }
}
