/** Progress bars for the maps of pools. */
module io.multiprocessing.progress {
    requires static org.jspecify;
    requires transitive io.multiprocessing;
    requires me.tongfei.progressbar;

    exports io.multiprocessing.progress;
}
