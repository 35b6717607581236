package io.boshcpi.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.distribution.faults.FaultMatrix.Result;
import io.boshcpi.lxd.fake.RealServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cells of the fault matrix on real servers: the same ones each time, or others with {@code -Dmatrix.seed=NUMBER} and
 * {@code -Dmatrix.cells=NUMBER}.
 */
@Tag("server")
class ServerFaultsIT {
    private static final int SITES = 8;

    @TempDir
    private Path folder;

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("io.boshcpi.lxd.fake.RealServer#all")
    void aSampleOfCellsConverges(RealServer server) throws Exception {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < SITES; i++) {
            sites.add(Site.on(server, i, folder.resolve("s" + i)));
        }
        List<Result> results;
        try (FaultMatrix matrix = new FaultMatrix(sites)) {
            List<Cell> cells = new ArrayList<>(matrix.cells());
            Collections.shuffle(cells, new Random(Long.getLong("matrix.seed", 1)));
            List<Cell> chosen = cells.subList(0, Integer.getInteger("matrix.cells", 70));
            results = new ArrayList<>(matrix.run(chosen.stream()
                    .filter(cell -> cell.method().concernsNetworks())
                    .toList()));
            results.addAll(matrix.run(chosen.stream()
                    .filter(cell -> !cell.method().concernsNetworks())
                    .toList()));
        }
        results.sort(Comparator.comparing(result -> result.cell().fault()));
        System.out.println(server + "\n" + new MatrixTable(results).markdown());

        assertThat(Exceptions.of(server.software()).unexpected(results))
                .as("cells that do not converge")
                .isEmpty();
    }
}
