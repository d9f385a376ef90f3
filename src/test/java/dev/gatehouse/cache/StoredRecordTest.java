package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredRecordTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 1 << 20})
  void aResponseComesBackAsItWas(int bytes) {
    StoredResponse response = StoreSamples.response("k", bytes);
    Stored read = Objects.requireNonNull(read("k", of("k", response)));
    assertThat(StoreSamples.isSame(response, (StoredResponse) read)).isTrue();
  }

  @Test
  void anIndexComesBackAsItWas() {
    VaryIndex index = StoreSamples.index();
    VaryIndex read = (VaryIndex) read("k", of("k", index));
    assertThat(Objects.requireNonNull(read).generation()).isEqualTo(-7);
    assertThat(read.names()).isEqualTo(index.names());
    assertThat(read.variants()).isEqualTo(3);
    assertThat(read.frontsGeneration()).isEqualTo(-8);
    assertThat(read.fronts()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ascii", "\u00ff", "\u20ac", "\ud83d\ude00", "half \ud83d pair", "\0"})
  void textOfAnyKindComesBack(String text) {
    Fields fields = Fields.of("A", text, "a", "", "B", text);
    StoredResponse sample = StoreSamples.response("k", 1);
    StoredResponse response =
        new StoredResponse(599, fields, new byte[0], sample.freshness(), sample.storedAt());
    Stored read = read(text, of(text, response));
    assertThat(((StoredResponse) Objects.requireNonNull(read)).fields()).isEqualTo(fields);
  }

  @Test
  void aRecordOfAnotherKeyIsNone() {
    byte[] record = of("k", StoreSamples.response("k", 10));
    assertThat(read("l", record)).isNull();
  }

  @Test
  void aRecordWithAnyByteChangedIsNone() {
    byte[] record = of("k", StoreSamples.response("k", 100));
    for (int i = 0; i < record.length; i++) {
      byte[] changed = record.clone();
      changed[i] ^= 0x40;
      assertThat(read("k", changed)).as("byte %d", i).isNull();
    }
  }

  @Test
  void aRecordCutOrWithMoreBehindItIsNone() {
    byte[] record = of("k", StoreSamples.response("k", 100));
    for (int length = 0; length < record.length; length++) {
      assertThat(read("k", Arrays.copyOf(record, length))).isNull();
    }
    assertThat(read("k", Arrays.copyOf(record, record.length + 1))).isNull();
  }

  @Test
  void aRecordHalfOfWhichWasNeverWrittenIsNone() {
    byte[] record = of("k", StoreSamples.response("k", 8192));
    Arrays.fill(record, 4096, record.length, (byte) 0);
    assertThat(read("k", record)).isNull();
  }

  @Test
  void itIsKeptBeyondItsFreshnessForStaleUseAndLongerToBeValidated() {
    StoredResponse validated = StoreSamples.response("k", 1);
    assertThat(Retention.secondsOf(validated))
        .isEqualTo(60 + 90 + (int) Duration.ofDays(30).toSeconds());
    StoredResponse plain = with(validated.freshness(), Fields.NONE);
    assertThat(Retention.secondsOf(plain))
        .isEqualTo(60 + 90 + (int) Duration.ofDays(3).toSeconds());
  }

  @Test
  void anEndlessLifetimeAndAnIndexAreKeptForDecades() {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE / 2);
    Freshness freshness =
        new Freshness(endless, Duration.ZERO, StoreSamples.THEN, false, false, endless, endless);
    assertThat(Retention.secondsOf(with(freshness, Fields.NONE))).isEqualTo(Integer.MAX_VALUE);
    assertThat(Retention.secondsOf(StoreSamples.index())).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsStaleOnArrivalIsKeptToo() {
    Freshness freshness =
        new Freshness(
            Duration.ZERO,
            Duration.ofDays(400),
            StoreSamples.THEN,
            true,
            true,
            Duration.ZERO,
            Duration.ZERO);
    assertThat(Retention.secondsOf(with(freshness, Fields.of("ETag", "\"1\""))))
        .isEqualTo((int) Duration.ofDays(30).toSeconds());
  }

  private static StoredResponse with(Freshness freshness, Fields fields) {
    return new StoredResponse(200, fields, new byte[1], freshness, StoreSamples.THEN);
  }

  @Test
  void withoutAHashItsFormAndKeyAreStillLookedAt() {
    StoredResponse response = StoreSamples.response("k", 100);
    byte[] record = StoredRecord.of("k", response, false);
    Stored found = StoredRecord.read("k", record, false);
    assertThat(StoreSamples.isSame(response, (StoredResponse) Objects.requireNonNull(found)))
        .isTrue();
    assertThat(StoredRecord.read("l", record, false)).isNull();
    assertThat(StoredRecord.read("k", Arrays.copyOf(record, 50), false)).isNull();
    Arrays.fill(record, 40, record.length, (byte) 0xFF);
    assertThat(StoredRecord.read("k", record, false)).isNull();
    assertThat(read("k", record)).isNull();
  }

  private static byte[] of(String key, Stored stored) {
    return StoredRecord.of(key, stored, true);
  }

  private static @Nullable Stored read(String key, byte[] record) {
    return StoredRecord.read(key, record, true);
  }
}
