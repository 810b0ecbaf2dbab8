package io.multiprocessing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Linker;

/** Each package may use only what stands below it. */
@AnalyzeClasses(packages = "io.multiprocessing", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ALL = "io.multiprocessing..";
    private static final String API = "io.multiprocessing";
    private static final String SPI = "io.multiprocessing.spi";
    private static final String CODEC = "io.multiprocessing.codec";
    private static final String OS = "io.multiprocessing.local.os";
    private static final String SEGMENT = "io.multiprocessing.local.segment";
    private static final String MEMBER = "io.multiprocessing.local.member";
    private static final String OBJECT = "io.multiprocessing.local.object";
    private static final String SYNC = "io.multiprocessing.local.sync";
    private static final String QUEUE = "io.multiprocessing.local.queue";
    private static final String CONNECTION = "io.multiprocessing.local.connection";
    private static final String MEMORY = "io.multiprocessing.local.memory";
    private static final String FILE = "io.multiprocessing.local.file";
    private static final String LOCAL_BLOCK = "io.multiprocessing.local.block";
    private static final String BLOCK = "io.multiprocessing.block";
    private static final String PROCESS = "io.multiprocessing.local.process";
    private static final String POOL = "io.multiprocessing.pool";
    private static final String MANAGER = "io.multiprocessing.manager";
    private static final String LOCAL = "io.multiprocessing.local";
    private static final String THREADS = "io.multiprocessing.threads";

    @ArchTest
    static final ArchRule API_USES_NOTHING_OF_OURS = uses(API, SPI);

    @ArchTest
    static final ArchRule SPI_USES_THE_API = uses(SPI, API);

    @ArchTest
    static final ArchRule CODEC_USES_THE_API = uses(CODEC, API, SPI);

    @ArchTest
    static final ArchRule OS_USES_NOTHING_OF_OURS = uses(OS, API);

    @ArchTest
    static final ArchRule SEGMENT_USES_THE_SYSTEM = uses(SEGMENT, API, OS);

    @ArchTest
    static final ArchRule MEMBER_USES_SEGMENTS = uses(MEMBER, API, OS, SEGMENT);

    @ArchTest
    static final ArchRule OBJECT_USES_MEMBERS = uses(OBJECT, API, CODEC, OS, SEGMENT, MEMBER);

    @ArchTest
    static final ArchRule SYNC_USES_OBJECTS = uses(SYNC, API, SPI, CODEC, OS, SEGMENT, MEMBER, OBJECT);

    @ArchTest
    static final ArchRule QUEUE_USES_SYNC = uses(QUEUE, API, SPI, CODEC, OS, SEGMENT, MEMBER, OBJECT, SYNC);

    @ArchTest
    static final ArchRule CONNECTION_USES_QUEUES =
            uses(CONNECTION, API, SPI, CODEC, OS, SEGMENT, MEMBER, OBJECT, SYNC, QUEUE);

    @ArchTest
    static final ArchRule MEMORY_USES_OBJECTS_AND_NO_SYNC = uses(MEMORY, API, CODEC, OS, SEGMENT, MEMBER, OBJECT);

    @ArchTest
    static final ArchRule BLOCK_USES_THE_API_ALONE = uses(BLOCK, API, CODEC);

    @ArchTest
    static final ArchRule LOCAL_BLOCK_USES_OBJECTS = uses(LOCAL_BLOCK, API, CODEC, BLOCK, OS, SEGMENT, MEMBER, OBJECT);

    @ArchTest
    static final ArchRule FILE_USES_THE_SYSTEM = uses(FILE, API, SPI, OS, SEGMENT);

    @ArchTest
    static final ArchRule PROCESS_USES_MEMBERS_AND_NO_OBJECTS = uses(PROCESS, API, SPI, CODEC, OS, SEGMENT, MEMBER);

    @ArchTest
    static final ArchRule POOL_USES_THE_API_ALONE = uses(POOL, API, SPI, CODEC);

    @ArchTest
    static final ArchRule MANAGER_USES_THE_API_AND_SERVES_ALL_CONTEXTS = uses(MANAGER, API, SPI, CODEC);

    @ArchTest
    static final ArchRule LOCAL_USES_ALL_BELOW = uses(
            LOCAL,
            API,
            SPI,
            CODEC,
            OS,
            SEGMENT,
            MEMBER,
            OBJECT,
            SYNC,
            QUEUE,
            CONNECTION,
            MEMORY,
            FILE,
            LOCAL_BLOCK,
            BLOCK,
            PROCESS,
            POOL,
            MANAGER);

    @ArchTest
    static final ArchRule THREADS_USES_NOTHING_OF_LOCAL = uses(THREADS, API, SPI, CODEC, BLOCK, POOL, MANAGER);

    @ArchTest
    static final ArchRule EVERY_PACKAGE_HAS_ITS_PLACE = classes()
            .should()
            .resideInAnyPackage(
                    API,
                    SPI,
                    CODEC,
                    OS,
                    SEGMENT,
                    MEMBER,
                    OBJECT,
                    SYNC,
                    QUEUE,
                    CONNECTION,
                    MEMORY,
                    FILE,
                    LOCAL_BLOCK,
                    BLOCK,
                    PROCESS,
                    POOL,
                    MANAGER,
                    LOCAL,
                    THREADS)
            .because("this test must know it");

    @ArchTest
    static final ArchRule NO_PACKAGES_DEPEND_ON_EACH_OTHER =
            slices().matching("io.multiprocessing.local.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule DOWNCALLS_APPEAR_IN_OS_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage(OS)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Linker.class);

    @ArchTest
    static final ArchRule PACKAGES_ARE_NAMED_AFTER_WHAT_IS_IN_THEM = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..", "..internal..");

    @ArchTest
    static final ArchRule CLASSES_ARE_NAMED_AFTER_WHAT_THEY_ARE = noClasses()
            .should()
            .haveNameMatching(".*(Helper|Helpers|Util|Utils|Impl)")
            .orShould()
            .haveNameMatching(".*(?<!\\.)Manager");

    private static ArchRule uses(String name, String... below) {
        return noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ALL).and(not(resideInAPackage(name))).and(not(resideInAnyPackage(below))));
    }
}
