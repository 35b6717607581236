package io.boshcpi.docker.stemcell;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.docker.engine.Names;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.Stemcells;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Stemcells as images. A stemcell is a name of its image, {@code localhost/bosh-stemcell:CID}, so each upload is a use of
 * its own, and deleting one leaves what others use.
 */
public final class DockerStemcells implements Stemcells {
    /** What a light stemcell's manifest has. */
    public static final Options OPTIONS = Options.of(
            Option.string(
                    "image_reference",
                    "the image, such as `registry.example.com/stemcells/noble:1.25`; the engine pulls it if it"
                            + " does not have it"),
            Option.string("digest", "what `image_reference` has to be: `sha256:` and 64 hexadecimal digits"));

    private static final String REPOSITORY = "localhost/bosh-stemcell";

    private final Engine engine;

    public DockerStemcells(Engine engine) {
        this.engine = engine;
    }

    @Override
    public StemcellCid create(Call call, StemcellImage image) {
        StemcellCid cid = new StemcellCid("sc-" + UUID.randomUUID());
        Optional<LightStemcell> light = LightStemcell.of(image.properties());
        return engine.run(call, (docker, undo) -> {
            undo.register("the image " + name(cid), client -> remove(client, cid));
            if (light.isPresent()) {
                docker.tagImageCmd(light.get().on(docker, call), REPOSITORY, cid.value())
                        .exec();
            } else {
                Map<String, String> labels = Labels.of(Labels.KIND_STEMCELL, call, engine.clock());
                new ImageImport(engine.http(call)).run(image.path(), REPOSITORY, cid.value(), labels);
            }
            return cid;
        });
    }

    @Override
    public void delete(Call call, StemcellCid stemcell) {
        engine.run(call, (docker, undo) -> {
            remove(docker, stemcell);
            return stemcell;
        });
    }

    private static void remove(DockerClient docker, StemcellCid stemcell) {
        if (!Names.isName(stemcell.value())) {
            return;
        }
        try {
            docker.removeImageCmd(name(stemcell)).exec();
        } catch (NotFoundException e) {
            // That is how it should be.
        } catch (ConflictException e) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The stemcell " + stemcell
                            + " is not deleted, since containers are made of it; delete the VMs first",
                    e);
        }
    }

    /**
     * The name of a stemcell's image.
     *
     * @throws CpiException if there is no such stemcell
     */
    public static String image(DockerClient docker, StemcellCid stemcell) {
        try {
            if (Names.isName(stemcell.value())) {
                docker.inspectImageCmd(name(stemcell)).exec();
                return name(stemcell);
            }
        } catch (NotFoundException e) {
            throw new CpiException(ErrorType.CLOUD_ERROR, absent(stemcell), e);
        }
        throw new CpiException(ErrorType.CLOUD_ERROR, absent(stemcell));
    }

    private static String absent(StemcellCid stemcell) {
        return "The stemcell " + stemcell + " is not on the engine; upload it again with --fix";
    }

    private static String name(StemcellCid stemcell) {
        return REPOSITORY + ":" + stemcell;
    }
}
