package io.multiprocessing.testkit.local;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** As {@link OwnFolder}, for the tests of a class that have one context all together. */
final class OwnFolderOfClass implements BeforeAllCallback, AfterAllCallback {
    private final OwnFolder folder = new OwnFolder();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder.beforeEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        folder.afterEach(context);
    }
}
