package io.multiprocessing.local.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarrierPhaseTest {
    @Test
    void isBrokenOrFilling() {
        BarrierPhase phase = BarrierPhase.FIRST;
        int stamp = phase.stamp();
        assertThat(phase.isBroken()).isFalse();
        assertThat(phase.isFilling(stamp)).isTrue();
        BarrierPhase broken = phase.broken();
        assertThat(broken.isBroken()).isTrue();
        assertThat(broken.isFilling(stamp)).isFalse();
        assertThat(broken.stamp()).isEqualTo(stamp);
        assertThat(broken.wentOn(stamp)).isFalse();
        BarrierPhase next = broken.next(false);
        assertThat(next.isBroken()).isFalse();
        assertThat(next.isFilling(stamp)).isFalse();
        assertThat(BarrierPhase.previous(next.stamp())).isEqualTo(stamp);
    }

    @Test
    void cellsOfANewBarrierAreOlderThanTheFirstPass() {
        assertThat(BarrierPhase.FIRST.stamp()).isPositive();
        assertThat(BarrierPhase.FIRST.wentOnBefore()).isFalse();
    }

    @Test
    void neighboursHaveDifferentBanks() {
        BarrierPhase phase = BarrierPhase.FIRST;
        for (int i = 0; i < 5; i++) {
            BarrierPhase next = phase.next(i % 2 == 0);
            assertThat(BarrierPhase.bank(next.stamp())).isEqualTo(1 - BarrierPhase.bank(phase.stamp()));
            phase = next;
        }
    }

    @Test
    void remembersHowTheLast32PassesEnded() {
        List<Integer> stamps = new ArrayList<>();
        List<Boolean> ends = new ArrayList<>();
        BarrierPhase phase = BarrierPhase.FIRST;
        for (int i = 0; i < 100; i++) {
            boolean wentOn = i % 3 != 0 && i % 7 != 2;
            stamps.add(phase.stamp());
            ends.add(wentOn);
            phase = (i % 3 == 0 ? phase.broken() : phase).next(wentOn);
            assertThat(phase.wentOnBefore()).isEqualTo(wentOn);
            for (int j = Math.max(0, i - 31); j <= i; j++) {
                assertThat(phase.wentOn(stamps.get(j))).as(j + " after " + i).isEqualTo(ends.get(j));
                assertThat(phase.broken().wentOn(stamps.get(j))).isEqualTo(ends.get(j));
            }
        }
    }

    @Test
    void ofOlderPassesItKnowsOnlyIfAllWentOnSince() {
        int first = BarrierPhase.FIRST.stamp();
        BarrierPhase phase = BarrierPhase.FIRST;
        for (int i = 0; i < 40; i++) {
            phase = phase.next(true);
        }
        assertThat(phase.wentOn(first)).isTrue();
        phase = phase.next(false);
        assertThat(phase.wentOn(first)).isFalse();
    }

    @Test
    void numbersOfPassesWrapAround() {
        BarrierPhase phase = new BarrierPhase(0xFFFF_FFFFL - 3); // the low 32 bits are the stamp of the last but one
        List<Integer> stamps = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            stamps.add(phase.stamp());
            phase = phase.next(i != 2);
        }
        for (int i = 0; i < 6; i++) {
            assertThat(phase.wentOn(stamps.get(i))).isEqualTo(i != 2);
        }
        assertThat(stamps).contains(-2, 0).doesNotHaveDuplicates();
    }
}
