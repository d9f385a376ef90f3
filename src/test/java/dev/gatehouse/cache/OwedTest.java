package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class OwedTest {
  private final Owed owed = new Owed(3, 10_000);

  private Owed.Change oldest() throws InterruptedException {
    return Objects.requireNonNull(owed.await(0));
  }

  private void tell(String key) throws InterruptedException {
    Owed.Change change = oldest();
    assertThat(change.key()).isEqualTo(key);
    owed.told(change);
  }

  @Test
  void changesAreToldInTheirOrderAndOnlyTheLastOfAKey() throws InterruptedException {
    Stored last = StoreSamples.response("a", 1);
    assertThat(owed.put("a", StoreSamples.response("a", 2))).isTrue();
    owed.remove("b");
    assertThat(owed.put("a", last)).isTrue();
    tell("b");
    assertThat(oldest().stored()).isSameAs(last);
    tell("a");
    assertThat(owed.await(0)).isNull();
  }

  @Test
  void whatIsBeingToldIsStillOwed() throws InterruptedException {
    Stored stored = StoreSamples.index();
    assertThat(owed.put("a", stored)).isTrue();
    Owed.Change change = oldest();
    assertThat(owed.of("a")).isSameAs(change);
    owed.remove("a");
    owed.told(change);
    assertThat(oldest().stored()).as("came meanwhile").isNull();
  }

  @Test
  void ofMoreBytesThanThereIsRoomForTheKeyIsForgotten() throws InterruptedException {
    assertThat(owed.put("a", StoreSamples.response("a", 8_000))).isTrue();
    assertThat(owed.put("b", StoreSamples.response("b", 8_000))).isFalse();
    assertThat(owed.put("a", StoreSamples.response("a", 1))).isTrue();
    assertThat(owed.put("c", StoreSamples.response("c", 7_000))).as("there is room").isTrue();
    tell("b");
  }

  @Test
  void whatMayBeForgottenIsDroppedWhereThereIsNoRoom() {
    owed.remove("a");
    owed.remove("b");
    owed.remove("c");
    owed.forget("d");
    assertThat(owed.put("e", StoreSamples.index())).isFalse();
    assertThat(owed.list()).extracting(Owed.Change::key).containsExactly("a", "b", "c");
    assertThat(owed.alls()).isZero();
  }

  @Test
  void whatMayBeDroppedLeavesPlacesForWhatMustBeForgotten() {
    Owed four = new Owed(4, 10_000);
    four.remove("a");
    four.forget("b");
    assertThat(four.put("c", StoreSamples.index())).isTrue();
    four.forget("d");
    assertThat(four.put("e", StoreSamples.index())).isFalse();
    assertThat(four.put("a", StoreSamples.index())).as("has its place").isTrue();
    four.remove("f");
    assertThat(four.list()).extracting(Owed.Change::key).containsExactly("b", "c", "a", "f");
    assertThat(four.put("f", StoreSamples.response("f", 20_000))).isFalse();
    assertThat(Objects.requireNonNull(four.of("f")).stored()).as("still to be forgotten").isNull();
    assertThat(four.alls()).isZero();
    four.remove("g");
    assertThat(four.alls()).isPositive();
  }

  @Test
  void whatMustBeForgottenNeverIsDroppedAllGoesInstead() throws InterruptedException {
    owed.remove("a");
    owed.remove("b");
    owed.remove("c");
    owed.remove("d");
    assertThat(owed.list()).isEmpty();
    long asked = owed.alls();
    assertThat(asked).isPositive();
    assertThat(owed.await(60_000)).as("nobody waits").isNull();
    owed.remove("e"); // after all was cleared, before it was said
    owed.allGone(asked);
    assertThat(owed.alls()).isGreaterThan(asked);
    owed.allGone(owed.alls());
    assertThat(owed.alls()).isZero();
  }

  @Test
  void whatWasToBePutBeforeALossIsToBeForgotten() throws InterruptedException {
    assertThat(owed.put("a", StoreSamples.response("a", 8_000))).isTrue();
    owed.remove("b");
    owed.giveUpPuts();
    assertThat(owed.list()).extracting(Owed.Change::stored).containsOnlyNulls();
    assertThat(owed.put("c", StoreSamples.response("c", 8_000))).isTrue();
  }
}
