/** SQLite as a place to share that lasts: transactions, a dict and queues that many processes use at once. */
module io.multiprocessing.sqlite {
    requires static org.jspecify;
    requires transitive java.sql;
    requires transitive io.multiprocessing;
    requires com.zaxxer.hikari;
    requires org.xerial.sqlitejdbc;

    exports io.multiprocessing.sqlite;
}
