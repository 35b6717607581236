package io.boshcpi.conformance.rules;

/**
 * Who relies on a rule. Paths are those of the repositories of BOSH: of the Director below {@code src/bosh-director/lib},
 * of the CLI ({@code bosh-cli}) and of the agent ({@code bosh-agent}) from the top.
 */
final class Sources {
    static final String VALIDATES = "Director: clouds/external_cpi.rb, validate_response";
    static final String INVOKES = "Director: clouds/external_cpi.rb, invoke_cpi_method";
    static final String HANDLES_ERRORS = "Director: clouds/external_cpi.rb, handle_error and KNOWN_RPC_ERRORS";
    static final String NOT_IMPLEMENTED =
            "Director: clouds/external_cpi.rb, handle_method_not_implemented; CLI: cloud/errors.go, NotImplementedError";
    static final String CLI_RUNS = "CLI: cloud/cpi_cmd_runner.go, Run";
    static final String CREATES_VM =
            "Director: bosh/director/deployment_plan/steps/create_vm_step.rb; CLI: cloud/cloud.go, CreateVM";
    static final String DELETES_VM = "Director: bosh/director/vm_deleter.rb; CLI: cloud/cloud.go, DeleteVM";
    static final String HAS_VM = "Director: bosh/director/problem_scanner/vm_scan_stage.rb; CLI: cloud/cloud.go, HasVM";
    static final String REBOOTS = "Director: bosh/director/problem_handlers/unresponsive_agent.rb";
    static final String METADATA =
            "Director: bosh/director/metadata_updater.rb; CLI: cloud/cloud.go, SetVMMetadata and SetDiskMetadata";
    static final String VM_RESOURCES = "Director: bosh/director/deployment_plan/vm_resources_cache.rb";
    static final String UPLOADS =
            "Director: bosh/director/jobs/update_stemcell.rb; CLI: cloud/cloud.go, CreateStemcell";
    static final String DELETES_STEMCELL =
            "Director: bosh/director/jobs/helpers/stemcell_deleter.rb; CLI: cloud/cloud.go, DeleteStemcell";
    static final String ATTACHES =
            "Director: bosh/director/deployment_plan/steps/attach_disk_step.rb; CLI: cloud/cloud.go, AttachDisk; agent:"
                    + " agent/action/add_persistent_disk.go";
    static final String DETACHES =
            "Director: bosh/director/deployment_plan/steps/detach_disk_step.rb, bosh/director/disk_manager.rb";
    static final String DISK_MANAGER = "Director: bosh/director/disk_manager.rb";
    static final String CREATES_DISK = "Director: bosh/director/disk_manager.rb; CLI: cloud/cloud.go, CreateDisk";
    static final String HAS_DISK = "Director: bosh/director/problem_scanner/disk_scan_stage.rb";
    static final String DELETES_DISK =
            "Director: bosh/director/orphan_disk_manager.rb, bosh/director/disk_deleter.rb; CLI: cloud/cloud.go, DeleteDisk";
    static final String SNAPSHOTS = "Director: bosh/director/api/snapshot_manager.rb";
    static final String SELF_SNAPSHOTS = "Director: bosh/director/jobs/snapshot_self.rb";
    static final String NETWORKS = "Director: bosh/director/deployment_plan/stages/create_network.rb";
    static final String ORPHANED_NETWORKS = "Director: bosh/director/orphan_network_manager.rb";
    static final String NEGOTIATES = "Director: bosh/director/cloud_factory.rb";
    static final String CLI_INFO = "CLI: cloud/cloud.go, Info and infoParser";
    static final String CLI_DEPLOYS = "CLI: cmd/create_env.go, cmd/delete_env.go and cloud/cloud.go";
    static final String CPI_CONFIG = "Director: clouds/external_cpi.rb, properties_from_cpi_config";
    static final String WORKERS = "Director: the properties director.workers and director.max_threads of its job";

    private Sources() {}
}
