package io.multiprocessing.local.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers of members, and the words of their slots. */
class OwnerTest {
    @Test
    void ownerTellsSlotAndGeneration_andIsNeverZero() {
        for (int slot = 0; slot < RegistryLayout.SLOTS; slot++) {
            for (int generation : new int[] {0, 1, 2, 8_191, 16_383}) {
                int owner = Owner.of(slot, generation);
                assertThat(owner).isPositive().isLessThanOrEqualTo(Owner.MASK);
                assertThat(Owner.slot(owner)).isEqualTo(slot);
                assertThat(Owner.generation(owner)).isEqualTo(generation);
            }
        }
    }

    @Test
    void generationBeginsAnew_whenItsBitsAreUsedUp() {
        assertThat(Owner.of(5, 16_384)).isEqualTo(Owner.of(5, 0));
        assertThat(Owner.of(5, 16_385)).isNotEqualTo(Owner.of(5, 0));
    }

    @Test
    void noOwnerHasNoSlot() {
        assertThat(Owner.slot(0)).isEqualTo(-1);
    }

    @Test
    void slotWordTellsStateGenerationAndReserver() {
        for (MemberState state : MemberState.values()) {
            long word = state.word(0xAB_CDEF, Owner.MASK);
            assertThat(MemberState.of(word)).isEqualTo(state);
            assertThat(MemberState.generation(word)).isEqualTo(0xAB_CDEF);
            assertThat(MemberState.reserver(word)).isEqualTo(Owner.MASK);
        }
        assertThat(MemberState.FREE.word(0, 0)).as("a slot nobody has used").isZero();
    }
}
