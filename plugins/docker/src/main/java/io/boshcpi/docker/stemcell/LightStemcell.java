package io.boshcpi.docker.stemcell;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import io.boshcpi.docker.engine.Errors;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stemcell whose image the engine has, or gets from a registry; it is not the CPI's to delete. */
final class LightStemcell {
    private static final String REFERENCE = "image_reference";
    private static final String DIGEST = "digest";

    /** What engines take: a registry with its port, folders, a tag and a digest. */
    private static final Pattern REFERENCES =
            Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._/:-]{0,254}(@sha256:[0-9a-f]{64})?");

    private static final Pattern DIGESTS = Pattern.compile("sha256:[0-9a-f]{64}");

    private final String reference;
    private final Optional<String> digest;

    private LightStemcell(String reference, Optional<String> digest) {
        this.reference = reference;
        this.digest = digest;
    }

    /** Empty if the manifest names no image, and the stemcell brings its own. */
    static Optional<LightStemcell> of(PropertyTree properties) {
        Optional<String> reference = properties.string(REFERENCE);
        Optional<String> digest = properties.string(DIGEST);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        if (!REFERENCES.matcher(reference.get()).matches() || reference.get().contains("..")) {
            throw properties.wrong(
                    REFERENCE, "is not the name of an image such as registry.example.com/folder/image:tag");
        }
        if (digest.isPresent() && !DIGESTS.matcher(digest.get()).matches()) {
            throw properties.wrong(DIGEST, "is not sha256: and 64 digits 0-9 and a-f");
        }
        return Optional.of(new LightStemcell(reference.get(), digest));
    }

    /**
     * The image's ID on the engine, which pulls it if it does not have it.
     *
     * @throws CpiException if there is no such image, or it is another than the digest says
     */
    String on(DockerClient docker, Call call) {
        InspectImageResponse image = find(docker);
        if (image == null) {
            pull(docker, call);
            image = find(docker);
        }
        if (image == null) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR, "The engine has no image " + reference + " after pulling " + pulled());
        }
        if (digest.isPresent() && !hasDigest(image, digest.get())) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The image " + reference + " on the engine is not the one with the digest " + digest.get()
                            + ", as the light stemcell has it; remove it there, and it is pulled by its digest");
        }
        return String.valueOf(image.getId());
    }

    private @Nullable InspectImageResponse find(DockerClient docker) {
        for (String name : List.of(reference, pulled())) {
            try {
                return docker.inspectImageCmd(name).exec();
            } catch (NotFoundException e) {
                // It may be there by its other name.
            }
        }
        return null;
    }

    private void pull(DockerClient docker, Call call) {
        ResultCallback.Adapter<PullResponseItem> pull =
                docker.pullImageCmd(pulled()).start();
        try {
            if (!pull.awaitCompletion(call.deadline().remainingMillis(), TimeUnit.MILLISECONDS)) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR, "The engine did not pull the image " + pulled() + " in the call's time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CpiException(ErrorType.CLOUD_ERROR, "Interrupted while the engine pulls " + pulled(), e);
        } catch (DockerException e) {
            throw refused(Errors.message(e), e);
        } catch (DockerClientException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private CpiException refused(String reason, RuntimeException cause) {
        return new CpiException(
                Errors.typeOf(reason), "The engine cannot pull the image " + pulled() + ": " + reason, cause);
    }

    /** The name to pull: by the digest, if there is one, whatever the tag stands for now. */
    private String pulled() {
        if (digest.isEmpty() || reference.contains("@")) {
            return reference;
        }
        int tag = reference.lastIndexOf(':');
        String name = tag > reference.lastIndexOf('/') ? reference.substring(0, tag) : reference;
        return name + "@" + digest.get();
    }

    private static boolean hasDigest(InspectImageResponse image, String digest) {
        List<String> digests = image.getRepoDigests();
        return digest.equals(image.getId())
                || (digests != null && digests.stream().anyMatch(each -> each.endsWith("@" + digest)));
    }
}
