package io.boshcpi.lxd.client.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are recordings of LXD 5.0.2 and Incus 6.0.4. */
class FailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "500 | Failed to create instance update operation: A matching non-reusable operation has now succeeded | BUSY",
                "500 | Create restart operation: Instance is busy running a \"stop\" operation                  | BUSY",
                "500 | Stopping instance: Instance \"stop\" operation timed out after 30s                             | BUSY",
                "500 | Deleting instance: Failed to begin transaction: context deadline exceeded                       | BUSY",
                "500 | Failed to delete bridge children interfaces: Failed to run: ip -d -j link show bosh-1: exit status 1 | BUSY",
                "500 | Target cluster member is unavailable                                                     | MEMBER_UNREACHABLE",
                "500 | Missing event connection with target cluster member                                      | MEMBER_UNREACHABLE",
                "503 | Missing event connection with target cluster member                                      | MEMBER_UNREACHABLE",
                "500 | peer node 10.1.1.12:8443 is down                                                         | MEMBER_UNREACHABLE",
                "500 | Post \"https://10.1.1.12:8443/internal/x\": Unable to connect to: 10.1.1.12:8443 ([dial tcp 10.1.1.12:8443: connect: connection refused]) | MEMBER_UNREACHABLE",
                "500 | Server isn't ready yet                                                                   | MEMBER_UNREACHABLE",
                "403 | Cluster member is evacuated                                                              | MEMBER_EVACUATED",
                "412 | ETag doesn't match: 1 vs 2                                                               | BUSY",
                "500 | Failed creating instance record: Add instance info to the database: This \"instances\" entry already exists | ALREADY_EXISTS",
                "500 | Failed creating instance record: UNIQUE constraint failed: instances.project_id, instances.name | ALREADY_EXISTS",
                "500 | Image with same fingerprint already exists                                               | ALREADY_EXISTS",
                "409 | Volume by that name already exists                                                       | ALREADY_EXISTS",
                "409 | Snapshot \"s1\" already in use                                                           | ALREADY_EXISTS",
                "500 | UNIQUE constraint failed: projects.name                                                  | ALREADY_EXISTS",
                "409 | This \"projects\" entry already exists                                                   | ALREADY_EXISTS",
                "400 | IP address \"10.1.1.5\" already defined on another NIC                                   | ALREADY_EXISTS",
                "400 | The storage volume is still in use                                                       | IN_USE",
                "500 | Volume is still in use by running instances                                              | IN_USE",
                "500 | Cannot restore custom volume used by running instances                                   | IN_USE",
                "500 | Only empty projects can be removed.                                                      | IN_USE",
                "400 | Instance is running                                                                      | IN_USE",
                "400 | The network is currently in use                                                          | IN_USE",
                "500 | Cannot remove a volume that has snapshots                                                | IN_USE",
                "400 | Failed to start device \"d\": remove /var/lib/incus/devices/i1/disk.d.mnt: device or resource busy | LEFT_MOUNTED",
                "400 | Instance is not running                                                                  | NOT_RUNNING",
                "400 | The instance is already running                                                          | ALREADY_RUNNING",
                "400 | The instance is already stopped                                                          | NOT_RUNNING",
                "500 | Failed shutting down instance, status is \"Running\": context deadline exceeded          | GUEST_TIMEOUT",
                "500 | Failed shutting down instance, status is \"Running\": shutting down the container failed | GUEST_TIMEOUT",
                "500 | context deadline exceeded                                                                | WAIT_TIMED_OUT",
                "500 | Failed to fetch: context deadline exceeded                                               | SERVER_ERROR",
                "403 | not authorized                                                                           | FORBIDDEN",
                "500 | User does not have permissions for project \"default\"                                   | FORBIDDEN",
                "500 | Certificate is restricted                                                                | FORBIDDEN",
                "500 | Failed checking if instance creation allowed: Use of low-level config \"raw.lxc\" on container \"r1\" of project \"p3\" is forbidden | FORBIDDEN",
                "500 | Privileged containers are forbidden                                                      | FORBIDDEN",
                "500 | Reached maximum number of instances in project \"p3\"                                    | LIMIT_REACHED",
                "500 | Reached maximum aggregate value \"1GiB\" for \"limits.memory\" in project \"p3\"         | LIMIT_REACHED",
                "500 | Unpack failed: tar: ./x: Cannot write: No space left on device                           | NO_SPACE",
                "500 | ERROR: unable to limit requested quota group: Disk quota exceeded                        | NO_SPACE",
                "400 | Name must not start with a number                                                        | INVALID",
                "500 | Unknown configuration key: foo.bar                                                       | INVALID",
                "500 | Invalid devices: Device validation failed for \"d\": Invalid device option \"foo\"       | INVALID",
                "500 | Invalid option for volume \"v\" option \"zfs.blocksize\"                                 | INVALID",
                "500 | Failed creating instance record: No root device could be found                           | INVALID",
                "500 | Device IP address \"10.9.9.9\" not within network \"boshbr0\" subnet                     | INVALID",
                "500 | IP address \"10.244.0.1\" is assigned to parent managed network device \"\"              | INVALID",
                "500 | Failed add validation for device \"b\": Custom block volumes cannot be used on containers | INVALID",
                "500 | Command not found                                                                        | INVALID",
                "500 | Instance type \"virtual-machine\" is not supported on this server: vhost_vsock kernel module not loaded | UNSUPPORTED",
                "500 | Not supported                                                                            | UNSUPPORTED",
                "503 | LXD is shutting down                                                                     | UNREACHABLE",
                "500 | Failed to load project \"default\": Failed to begin transaction: sql: database is closed | UNREACHABLE",
                "500 | Failed to run: /usr/bin/lxd forkstart l2: exit status 1                                  | SERVER_ERROR",
                "500 | Failed creating instance from image: unexpected end of JSON input                       | BUSY",
                "500 | LXD VM agent isn't currently running                                                     | GUEST_UNREACHABLE",
                "500 | database is locked                                                                       | SERVER_ERROR",
            })
    void aTextMeans(int status, String text, Kind kind) {
        assertThat(Failures.of("GET /", status, text).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "404 | Instance not found                                                          | INSTANCE",
                "404 | Failed to fetch instance \"x\" in project \"default\": Instance not found   | INSTANCE",
                "404 | Failed loading project: Project not found                                   | PROJECT",
                "404 | Fetch project database object: Project not found                            | PROJECT",
                "404 | Failed to load project \"nope\": Project not found                          | PROJECT",
                "404 | Check if project has images: fetch project: Project not found               | PROJECT",
                "404 | Storage pool volume not found                                               | VOLUME",
                "404 | Failed loading custom volume: Storage volume not found                      | VOLUME",
                "404 | Storage pool not found                                                      | POOL",
                "500 | Failed loading storage pool: Storage pool not found                         | POOL",
                "404 | Image not found                                                             | IMAGE",
                "404 | Image \"ffff\" not found                                                    | IMAGE",
                "404 | Image alias not found                                                       | IMAGE",
                "500 | Image not provided for instance creation                                    | IMAGE",
                "404 | Network not found                                                           | NETWORK",
                "500 | Failed to load network \"nonet\" for project \"default\": Network not found | NETWORK",
                "404 | Fetch profile: Profile not found                                            | PROFILE",
                "500 | Requested profile \"nope\" doesn't exist                                    | PROFILE",
                "404 | Operation not found                                                         | OPERATION",
                "404 | Not Found                                                                   | OTHER",
                "404 | not found                                                                   | OTHER",
            })
    void aTextNamesWhatIsMissing(int status, String text, Subject subject) {
        LxdException e = Failures.of("GET /", status, text);

        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e.isMissing(subject)).isTrue();
    }

    @Test
    void theServersWordsAreKeptWholeSinceRedactionComesFirst() {
        String words = "bad \"" + "Z9".repeat(20_000) + "\"";

        assertThat(Failures.of("POST /1.0/instances", 400, words)).hasMessage("POST /1.0/instances: " + words);
    }
}
