package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainValuesTest {
    private enum Planet {
        MERCURY,
        VENUS {
            @Override
            public String toString() {
                return "the hot one";
            }
        }
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    static Stream<Object> values() {
        return Stream.of(
                true,
                false,
                (byte) -128,
                (byte) 127,
                Short.MIN_VALUE,
                Short.MAX_VALUE,
                'x',
                '\0',
                '\uffff',
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                -129L,
                0L,
                1L << 31,
                Float.MIN_VALUE,
                Float.NEGATIVE_INFINITY,
                Float.NaN,
                -0.0f,
                Double.MIN_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                -0.0,
                Math.PI,
                BigInteger.ZERO,
                BigInteger.TWO.pow(1000).negate(),
                new BigDecimal("-1.2300"),
                new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
                new UUID(Long.MIN_VALUE, -1),
                Optional.empty(),
                Optional.of("x"),
                Optional.of(Optional.empty()),
                OptionalInt.empty(),
                OptionalInt.of(-1),
                OptionalLong.empty(),
                OptionalLong.of(Long.MAX_VALUE),
                OptionalDouble.empty(),
                OptionalDouble.of(Double.NaN),
                URI.create("https://example.org/a%20b?c#d"),
                Path.of("a", "b c.txt"),
                Path.of(""),
                new Date(-1),
                Locale.CANADA_FRENCH,
                TimeUnit.DAYS,
                Planet.MERCURY,
                Planet.VENUS);
    }

    static Stream<Object> times() {
        var date = LocalDate.of(-44, 3, 15);
        var time = LocalTime.of(23, 59, 59, 999_999_999);
        return Stream.of(
                Instant.MIN,
                Instant.MAX,
                Instant.EPOCH.minusNanos(1),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                date,
                LocalDate.MIN,
                LocalDate.MAX,
                time,
                LocalTime.MIDNIGHT,
                LocalDateTime.of(date, time),
                LocalDateTime.MIN,
                OffsetDateTime.of(date, time, ZoneOffset.MAX),
                OffsetTime.of(time, ZoneOffset.ofHoursMinutesSeconds(-1, -2, -3)),
                Year.of(Year.MIN_VALUE),
                YearMonth.of(2024, 2),
                MonthDay.of(2, 29),
                Period.of(1, -2, Integer.MAX_VALUE),
                ZoneOffset.UTC,
                ZoneOffset.MIN,
                ZoneId.of("Europe/Berlin"),
                ZoneId.of("UTC"),
                DayOfWeek.FRIDAY,
                ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 1, ZoneId.of("America/New_York")),
                // One hour of that night comes twice.
                ZonedDateTime.ofLocal(
                        LocalDateTime.of(2024, 10, 27, 2, 30), ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1)),
                ZonedDateTime.ofLocal(
                        LocalDateTime.of(2024, 10, 27, 2, 30), ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(2)),
                ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 1, ZoneOffset.ofHours(5)));
    }

    @ParameterizedTest
    @MethodSource({"values", "times"})
    void valueArrivesEqualAndOfItsClass(Object value) throws NotSerializableException {
        assertThat(travelled(value)).isEqualTo(value).hasSameClassAs(value);
    }

    @Test
    void nullArrives() throws NotSerializableException {
        assertThat(travelled((Object) null)).isNull();
    }

    @Test
    void everyIntegerNearAChangeOfFormArrives() throws NotSerializableException {
        for (int middle : new int[] {0, -128, 127, 110, -16, Short.MIN_VALUE, Short.MAX_VALUE}) {
            for (int value = middle - 300; value < middle + 300; value++) {
                assertThat(travelled(value)).isEqualTo(value);
                assertThat(travelled((long) value)).isEqualTo(value);
            }
        }
        assertThat(travelled(Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(travelled(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void smallIntegersTakeOneByte() throws NotSerializableException {
        assertThat(ValueCodec.encode(-16)).hasSize(1);
        assertThat(ValueCodec.encode(110)).hasSize(1);
        assertThat(ValueCodec.encode(-17)).hasSize(2);
        assertThat(ValueCodec.encode(111)).hasSize(2);
    }

    @Test
    void noMessageBeginsAsAPickleDoes() throws NotSerializableException {
        for (int value = -1000; value < 1000; value++) {
            assertThat(ValueCodec.encode(value)[0]).isNotEqualTo((byte) 0x80);
        }
    }

    @Test
    void notANumberKeepsItsBits() throws NotSerializableException {
        double odd = Double.longBitsToDouble(0x7ff8_0000_dead_beefL);
        assertThat(Double.doubleToRawLongBits(travelled(odd))).isEqualTo(0x7ff8_0000_dead_beefL);
    }

    @Test
    void classObjectsArrive() throws NotSerializableException {
        for (Class<?> type : new Class<?>[] {
            int.class, void.class, String.class, int[][].class, Planet[].class, Runnable.class, Planet.class
        }) {
            assertThat(travelled(type)).isSameAs(type);
        }
    }

    @Test
    void enumConstantsAreTheOnesThatAreHere() throws NotSerializableException {
        assertThat(travelled(Planet.VENUS)).isSameAs(Planet.VENUS);
    }

    @Test
    void pathOfAnotherFileSystemIsRefused() throws Exception {
        var zip = java.nio.file.Files.createTempFile("codec", ".zip");
        java.nio.file.Files.delete(zip);
        try (var files = java.nio.file.FileSystems.newFileSystem(zip, java.util.Map.of("create", "true"))) {
            assertThatThrownBy(() -> ValueCodec.encode(files.getPath("a")))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("default file system");
        } finally {
            java.nio.file.Files.deleteIfExists(zip);
        }
    }
}
