package io.multiprocessing.cli.tour;

import static io.multiprocessing.cli.tour.Expectation.different;
import static io.multiprocessing.cli.tour.Expectation.inAnyOrder;
import static io.multiprocessing.cli.tour.Expectation.lines;
import static io.multiprocessing.cli.tour.Expectation.matching;
import static io.multiprocessing.cli.tour.Expectation.oneAfterAnother;

import io.multiprocessing.cli.tour.Program.Ready;
import io.multiprocessing.cli.tour.Program.ToCome;
import io.multiprocessing.examples.AppendToFileUnderLock;
import io.multiprocessing.examples.BankAccount;
import io.multiprocessing.examples.ChangedAfterStart;
import io.multiprocessing.examples.ChangedByAChild;
import io.multiprocessing.examples.CountDownToZero;
import io.multiprocessing.examples.FilledBeforeRead;
import io.multiprocessing.examples.FirstInFirstOut;
import io.multiprocessing.examples.FullAndEmpty;
import io.multiprocessing.examples.GrowingDict;
import io.multiprocessing.examples.InsertIntoDatabase;
import io.multiprocessing.examples.NamedProcesses;
import io.multiprocessing.examples.OtherMachines;
import io.multiprocessing.examples.ParentToWorker;
import io.multiprocessing.examples.PipeRules;
import io.multiprocessing.examples.PrimesInAPool;
import io.multiprocessing.examples.ProcessesOrThreads;
import io.multiprocessing.examples.SharedArray;
import io.multiprocessing.examples.SharedCounter;
import io.multiprocessing.examples.SharedWithPython;
import io.multiprocessing.examples.SquaresInAPool;
import io.multiprocessing.examples.TextThroughAPipe;
import io.multiprocessing.examples.ThirteenKinds;
import io.multiprocessing.examples.ThreeProcesses;
import io.multiprocessing.examples.TwoAtATime;
import io.multiprocessing.examples.Typecodes;
import io.multiprocessing.examples.WaysOfSharing;
import io.multiprocessing.examples.WordsOfAFolder;
import java.util.List;

/**
 * The table of the tutorial programs. A program is added by its class in the examples and its line here: {@link Ready}
 * with what it must print, in the place of {@link ToCome}.
 */
public final class TutorialPrograms {
    /** How many are those of the tutorials. What comes behind them shows the library at work, and is counted apart. */
    public static final int TUTORIALS = 24;

    private static final String TIME = "[\\d.]+ [num]s";

    /** All of them, in the order of their numbers, which begin with 1. */
    public static final List<Program> ALL = List.of(
            new Ready(1, "A number shared with a child", SharedCounter.class, lines("""
                    Worker: 1
                    Worker: 2
                    Worker: 3
                    Worker: 4
                    Worker: 5
                    Main: 5
                    """)),
            new Ready(2, "An array shared with a child", SharedArray.class, lines("""
                    Worker: [1, 0, 0]
                    Worker: [1, 1, 0]
                    Worker: [1, 1, 1]
                    Main: [1, 1, 1]
                    """)),
            new Ready(3, "A queue that is filled before anyone reads it", FilledBeforeRead.class, lines("""
                    Put 0
                    Put 1
                    Put 2
                    Put 3
                    Put 4
                    The producer has ended, and 5 numbers wait
                    Got 0
                    Got 1
                    Got 2
                    Got 3
                    Got 4
                    The queue is empty: true
                    """)),
            new Ready(4, "A text through a pipe, from child to child", TextThroughAPipe.class, lines("""
                    Received: Hello from the sender
                    Closed: true and true
                    """)),
            new Ready(
                    5,
                    "Five processes append to one file, under its lock",
                    AppendToFileUnderLock.class,
                    matching("""
                            written by process \\d+
                            written by process \\d+
                            written by process \\d+
                            written by process \\d+
                            written by process \\d+
                            """).and(different("written by process (\\d+)"))),
            new Ready(
                    6,
                    "Five processes insert into one SQLite table",
                    InsertIntoDatabase.class,
                    matching("""
                            Worker 0 was process \\d+
                            Worker 1 was process \\d+
                            Worker 2 was process \\d+
                            Worker 3 was process \\d+
                            Worker 4 was process \\d+
                            Rows: 5
                            """).and(different("Worker \\d was process (\\d+)"))),
            new Ready(
                    7,
                    "Ways of sharing, and what each costs on this machine",
                    WaysOfSharing.class,
                    matching("""
                            threads: | EXCHANGE | SMALL | LARGE | COUNTER
                            value | COUNTER
                            value and lock | COUNTER
                            shared memory | EXCHANGE | SMALL | LARGE
                            queue | EXCHANGE | SMALL | LARGE
                            pipe | EXCHANGE | SMALL | LARGE
                            socket | EXCHANGE | SMALL | LARGE
                            manager | EXCHANGE | SMALL | LARGE | COUNTER
                            file | SMALL | LARGE | COUNTER
                            SQLite | EXCHANGE | SMALL | LARGE | COUNTER
                            """.replace("|", "\\|")
                            .replace("EXCHANGE", "16 bytes there and back: " + TIME)
                            .replace("SMALL", "messages of 100 bytes: [\\d.]+ [kMG]?/s")
                            .replace("LARGE", "messages of 1 MiB: [\\d.]+ [kMG]?B/s")
                            .replace("COUNTER", "adding 1 to a shared counter: " + TIME))),
            new Ready(8, "All thirteen kinds of object that a manager serves", ThirteenKinds.class, lines("""
                    List: [1, 2, 3]
                    Dict: {one=1, two=2}
                    Namespace: child
                    Lock held: false
                    RLock held: false
                    Semaphore: 2 permits
                    BoundedSemaphore: 2 permits
                    Condition: true
                    Event set: true
                    Barrier waiting: 0 of 2
                    Queue: a message
                    Value: 42
                    Array: [1.0, 2.5]
                    """)),
            new Ready(9, "A child changes a manager's list and dict", ChangedByAChild.class, lines("""
                    Main: [1, 2, 3], {name=Alice}
                    Child: [1, 20, 3], {name=Bob}
                    Main: [1, 20, 3], {name=Bob}
                    """)),
            new Ready(10, "A hundred processes count a manager's dict down to zero", CountDownToZero.class, lines("""
                            Count: 100
                            Count: 0
                            """)),
            new Ready(
                    11,
                    "A bank account, paid in and paid out at once",
                    BankAccount.class,
                    matching("""
                            Balance: 100
                            (Withdrew|Deposited) 100 times 1
                            (Withdrew|Deposited) 100 times 1
                            Balance: 100
                            """).and(different("(\\w+) 100 times 1"))),
            new Ready(
                    12,
                    "Sharing with other machines: remote manager, remote queue, database",
                    OtherMachines.class,
                    lines("""
                            Squares: {1=1, 2=4, 3=9, 4=16, 5=25, 6=36}
                            Jobs left: 0
                            In the database: 6 squares, 91 in all
                            """)),
            new Ready(
                    13,
                    "First in, first out, among several processes",
                    FirstInFirstOut.class,
                    inAnyOrder("""
                            Letter 1 from producer-1
                            Letter 2 from producer-1
                            Letter 3 from producer-1
                            Letter 4 from producer-1
                            Letter 1 from producer-2
                            Letter 2 from producer-2
                            Letter 3 from producer-2
                            Letter 4 from producer-2
                            Letter 1 from producer-3
                            Letter 2 from producer-3
                            Letter 3 from producer-3
                            Letter 4 from producer-3
                            All letters have come
                            """)
                            .and(letters("producer-1"))
                            .and(letters("producer-2"))
                            .and(letters("producer-3"))),
            new Ready(14, "A text through a pipe, from parent to worker", ParentToWorker.class, lines("""
                    Worker received: work on these five words
                    Words: 5
                    """)),
            new Ready(
                    15,
                    "A number and an array that change while a worker reads them",
                    ChangedAfterStart.class,
                    lines("""
                            Worker sees 0 and [1, 2, 3] at first
                            Worker sees 42 and [99, 2, 3] in the end
                            """)),
            new Ready(
                    16,
                    "A semaphore lets in two at a time",
                    TwoAtATime.class,
                    matching("""
                            worker-\\d comes in: [12] inside
                            worker-\\d comes in: [12] inside
                            worker-\\d comes in: [12] inside
                            worker-\\d comes in: [12] inside
                            Most inside at once: 2
                            """).and(different("(worker-\\d) comes in: [12] inside"))),
            new Ready(
                    17, "A queue that is full, a queue that is empty, and time limits", FullAndEmpty.class, lines("""
                            Size 9, full: true
                            Full at once: true
                            Full after the limit: true
                            The child gets 1
                            Size 9 again
                            Sum of the others: 54
                            Empty at once: true
                            Empty after the limit: true
                            Waited for 11
                            """)),
            new Ready(18, "Arrays of every typecode: fixed type, fixed length", Typecodes.class, matching("""
                    Child 0: \\[0, 0, 0, 0, 0\\]
                    Child 1: \\[0, 1, 0, 0, 0\\]
                    Child 2: \\[0, 1, 2, 0, 0\\]
                    Child 3: \\[0, 1, 2, 3, 0\\]
                    Child 4: \\[0, 1, 2, 3, 4\\]
                    Typecode c: \\[z, a\\]
                    Typecode u: \\[z, a\\]
                    Typecode b: \\[127, -128\\]
                    Typecode B: \\[255, 0\\]
                    Typecode h: \\[32767, -32768\\]
                    Typecode H: \\[65535, 0\\]
                    Typecode i: \\[2147483647, -2147483648\\]
                    Typecode I: \\[4294967295, 0\\]
                    Typecode l: \\[9223372036854775807, -9223372036854775808\\]
                    Typecode L: \\[18446744073709551615, 0\\]
                    Typecode q: \\[9223372036854775807, -9223372036854775808\\]
                    Typecode Q: \\[18446744073709551615, 0\\]
                    Typecode f: \\[0.5, -0.25\\]
                    Typecode d: \\[0.1, -0.1\\]
                    Refused a text: .+
                    Refused a fraction: .+
                    Refused a number too large: .+
                    Refused a sixth element: .+
                    Refused six numbers: .+
                    Refused an unknown typecode: .+
                    Main: \\[0, 1, 2, 3, 4\\]
                    """)),
            new Ready(19, "A manager's dict that grows child by child", GrowingDict.class, lines("""
                    Child 0: [100]
                    Child 1: [100, 101]
                    Child 2: [100, 101, 102]
                    Child 3: [100, 101, 102, 103]
                    Child 4: [100, 101, 102, 103, 104]
                    """)),
            new Ready(20, "Pipes with one direction and with two, and their end", PipeRules.class, lines("""
                    Two ways: there and back
                    Refused: this end of the connection only receives
                    Refused: this end of the connection only sends
                    Something there at once: false
                    Received: worth waiting for
                    End: nobody can send any more
                    """)),
            new Ready(
                    21,
                    "Three processes: start them, wait for them",
                    ThreeProcesses.class,
                    inAnyOrder("""
                            Process 0 starts
                            Process 0 ends
                            Process 1 starts
                            Process 1 ends
                            Process 2 starts
                            Process 2 ends
                            All done
                            """)
                            .and(oneAfterAnother("Process 0 starts", "Process 0 ends", "All done"))
                            .and(oneAfterAnother("Process 1 starts", "Process 1 ends", "All done"))
                            .and(oneAfterAnother("Process 2 starts", "Process 2 ends", "All done"))),
            new Ready(
                    22,
                    "Five processes with names count together",
                    NamedProcesses.class,
                    matching("""
                            counter-\\d counts to 1
                            counter-\\d counts to 2
                            counter-\\d counts to 3
                            counter-\\d counts to 4
                            counter-\\d counts to 5
                            In the end: 5
                            """).and(different("(counter-\\d) counts to \\d"))),
            new Ready(23, "Processes or threads: the same program with each", ProcessesOrThreads.class, matching("""
                            threads: computes: 17984 primes in \\d+ ms
                            threads: waits: 20 answers in \\d+ ms
                            threads:\\?virtual=true computes: 17984 primes in \\d+ ms
                            threads:\\?virtual=true waits: 20 answers in \\d+ ms
                            local: computes: 17984 primes in \\d+ ms
                            local: waits: 20 answers in \\d+ ms
                            """)),
            new Ready(24, "A pool of four squares ten numbers", SquaresInAPool.class, lines("""
                    Squares: [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]
                    Workers: 4
                    """)),
            new Ready(25, "The words of a folder of texts, though a worker dies", WordsOfAFolder.class, lines("""
                    Files: 60, workers that died: 1
                    storm: 300542
                    white: 256683
                    harpoon: 214025
                    captain: 171434
                    ship: 128693
                    As they were written: true
                    """)),
            new Ready(26, "Primes, counted by one process and by two", PrimesInAPool.class, matching("""
                    Primes below 6000000: 412849
                    One process: \\d+ ms
                    Two processes: \\d+ ms, \\d\\.\\d\\d times as fast
                    """)),
            new Ready(27, "Memory that Python finds by its name", SharedWithPython.class, matching("""
                    Block: 8000 bytes
                    (Python|A child, as there is no Python 3.9 or newer,) adds the numbers up
                    Sum: 499500
                    Sum is a Long: true
                    """)));

    private TutorialPrograms() {}

    private static Expectation letters(String producer) {
        return oneAfterAnother(
                "Letter 1 from " + producer,
                "Letter 2 from " + producer,
                "Letter 3 from " + producer,
                "Letter 4 from " + producer,
                "All letters have come");
    }
}
