package io.multiprocessing.sqlite;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that have a database each. */
abstract class DatabaseSuite {
    @TempDir
    Path folder;

    Path path;
    SharedDatabase database;

    @BeforeEach
    void open() {
        path = folder.resolve("shop.db");
        database = SharedDatabase.open(path);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
