package io.boshcpi.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.distribution.faults.FaultMatrix.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All cells of the fault matrix on FakeLxd. With {@code -Dmatrix.write=true} the table in docs/reliability.md is written,
 * otherwise it has to be what was seen.
 */
@Tag("distribution")
class FaultMatrixIT {
    /** Most of a cell's time is spent waiting for a server that is gone. */
    private static final int SITES = 64;

    private static final Path PAGE = Path.of("../docs/reliability.md");
    private static final String BEGIN = "<!-- matrix: written by scripts/matrix -->\n";
    private static final String END = "<!-- end of matrix -->\n";

    @TempDir
    private Path folder;

    @Test
    void everyCellConvergesAndThePageShowsIt() throws Exception {
        List<Result> results = run();
        Exceptions exceptions = Exceptions.of("");
        String table = new MatrixTable(results).markdown();
        System.out.println(table);
        if (Boolean.getBoolean("matrix.write")) {
            write(table);
        }

        assertThat(exceptions.unexpected(results))
                .as("cells that do not converge")
                .isEmpty();
        assertThat(exceptions.unneeded(results))
                .as("converges now: remove it from fault-matrix-exceptions.txt")
                .isEmpty();
        assertThat(shown())
                .as("the table in " + PAGE + "; scripts/matrix writes it")
                .isEqualTo(table);
    }

    private List<Result> run() throws Exception {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < SITES; i++) {
            sites.add(Site.onFakeLxd(folder.resolve("s" + i)));
        }
        try (FaultMatrix matrix = new FaultMatrix(sites)) {
            return matrix.run(matrix.cells());
        }
    }

    private static String shown() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
    }

    private static void write(String table) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(page.indexOf(END)));
    }
}
