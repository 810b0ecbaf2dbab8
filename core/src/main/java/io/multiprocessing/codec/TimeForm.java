package io.multiprocessing.codec;

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

/** Values of {@code java.time}. After the tag, a byte says which. */
final class TimeForm extends Form {
    private static final int INSTANT = 0;
    private static final int DURATION = 1;
    private static final int LOCAL_DATE = 2;
    private static final int LOCAL_TIME = 3;
    private static final int LOCAL_DATE_TIME = 4;
    private static final int OFFSET_DATE_TIME = 5;
    private static final int OFFSET_TIME = 6;
    private static final int YEAR = 7;
    private static final int YEAR_MONTH = 8;
    private static final int MONTH_DAY = 9;
    private static final int PERIOD = 10;
    private static final int OFFSET = 11;
    private static final int ZONED_DATE_TIME = 12;
    private static final int ZONE = 13;

    private static final Class<?>[] TYPES = {
        Instant.class,
        Duration.class,
        LocalDate.class,
        LocalTime.class,
        LocalDateTime.class,
        OffsetDateTime.class,
        OffsetTime.class,
        Year.class,
        YearMonth.class,
        MonthDay.class,
        Period.class,
        ZoneOffset.class,
        ZonedDateTime.class
    };

    private final int kind;

    private TimeForm(int kind) {
        this.kind = kind;
    }

    /** The form of a class of the package {@code java.time}. */
    static Form of(Class<?> type) {
        for (int kind = 0; kind < TYPES.length; kind++) {
            if (TYPES[kind] == type) {
                return new TimeForm(kind);
            }
        }
        return ZoneId.class.isAssignableFrom(type) ? new TimeForm(ZONE) : Forms.serialized(type);
    }

    @Override
    @SuppressWarnings({"JavaInstantGetSecondsGetNano", "JavaDurationGetSecondsGetNano", "JavaPeriodGetDays"
    }) // in two parts
    void write(Object value, Encoder out) {
        out.writeByte(Tag.TIME);
        out.writeByte(kind);
        switch (kind) {
            case INSTANT -> {
                out.writeLong(((Instant) value).getEpochSecond());
                out.writeInt(((Instant) value).getNano());
            }
            case DURATION -> {
                out.writeLong(((Duration) value).toSeconds());
                out.writeInt(((Duration) value).getNano());
            }
            case LOCAL_DATE -> writeDate((LocalDate) value, out);
            case LOCAL_TIME -> out.writeLong(((LocalTime) value).toNanoOfDay());
            case LOCAL_DATE_TIME -> writeDateTime((LocalDateTime) value, out);
            case OFFSET_DATE_TIME -> {
                writeDateTime(((OffsetDateTime) value).toLocalDateTime(), out);
                out.writeInt(((OffsetDateTime) value).getOffset().getTotalSeconds());
            }
            case OFFSET_TIME -> {
                out.writeLong(((OffsetTime) value).toLocalTime().toNanoOfDay());
                out.writeInt(((OffsetTime) value).getOffset().getTotalSeconds());
            }
            case YEAR -> out.writeInt(((Year) value).getValue());
            case YEAR_MONTH -> {
                out.writeInt(((YearMonth) value).getYear());
                out.writeByte(((YearMonth) value).getMonthValue());
            }
            case MONTH_DAY -> {
                out.writeByte(((MonthDay) value).getMonthValue());
                out.writeByte(((MonthDay) value).getDayOfMonth());
            }
            case PERIOD -> {
                out.writeInt(((Period) value).getYears());
                out.writeInt(((Period) value).getMonths());
                out.writeInt(((Period) value).getDays());
            }
            case OFFSET -> out.writeInt(((ZoneOffset) value).getTotalSeconds());
            case ZONED_DATE_TIME -> {
                ZonedDateTime time = (ZonedDateTime) value;
                writeDateTime(time.toLocalDateTime(), out);
                out.writeInt(time.getOffset().getTotalSeconds());
                out.writeText(time.getZone().getId());
            }
            default -> out.writeText(((ZoneId) value).getId());
        }
    }

    static Object read(Decoder in) {
        int kind = in.readByte();
        return switch (kind) {
            case INSTANT -> Instant.ofEpochSecond(in.readLong(), in.readInt());
            case DURATION -> Duration.ofSeconds(in.readLong(), in.readInt());
            case LOCAL_DATE -> readDate(in);
            case LOCAL_TIME -> LocalTime.ofNanoOfDay(in.readLong());
            case LOCAL_DATE_TIME -> readDateTime(in);
            case OFFSET_DATE_TIME -> OffsetDateTime.of(readDateTime(in), readOffset(in));
            case OFFSET_TIME -> OffsetTime.of(LocalTime.ofNanoOfDay(in.readLong()), readOffset(in));
            case YEAR -> Year.of(in.readInt());
            case YEAR_MONTH -> YearMonth.of(in.readInt(), in.readByte());
            case MONTH_DAY -> MonthDay.of(in.readByte(), in.readByte());
            case PERIOD -> Period.of(in.readInt(), in.readInt(), in.readInt());
            case OFFSET -> readOffset(in);
            case ZONED_DATE_TIME -> ZonedDateTime.ofInstant(readDateTime(in), readOffset(in), ZoneId.of(in.readText()));
            case ZONE -> ZoneId.of(in.readText());
            default -> throw Decoder.unknown("kind of time", kind & 0xff);
        };
    }

    private static void writeDate(LocalDate date, Encoder out) {
        out.writeInt(date.getYear());
        out.writeByte(date.getMonthValue());
        out.writeByte(date.getDayOfMonth());
    }

    private static LocalDate readDate(Decoder in) {
        return LocalDate.of(in.readInt(), in.readByte(), in.readByte());
    }

    private static void writeDateTime(LocalDateTime time, Encoder out) {
        writeDate(time.toLocalDate(), out);
        out.writeLong(time.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime readDateTime(Decoder in) {
        return LocalDateTime.of(readDate(in), LocalTime.ofNanoOfDay(in.readLong()));
    }

    private static ZoneOffset readOffset(Decoder in) {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }
}
