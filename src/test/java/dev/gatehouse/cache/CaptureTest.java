package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CaptureTest {
  private final List<String> told = new ArrayList<>();

  private final Place reader = new Place("");
  private final List<String> room = new ArrayList<>();

  @ParameterizedTest(name = "{0} expected, {1} at once")
  @CsvSource({"-1,1", "-1,7", "-1,10000", "0,3", "5,3", "30000,30000", "30000,4096", "99999,4096"})
  void growsToWhatComes(long expected, int step) {
    byte[] body = bytes(30_000);
    Capture capture = new Capture(30_000, expected, new CaptureRoom(Long.MAX_VALUE));
    append(capture, body, step);
    assertThat(capture.body()).as("not whole yet").isNull();
    capture.complete();
    assertThat(capture.body()).isEqualTo(body);
    assertThat(read(capture, 0)).isEqualTo(body);
  }

  @Test
  void anEmptyBodyIsWholeToo() {
    Capture capture = new Capture(0, -1, new CaptureRoom(Long.MAX_VALUE));
    capture.complete();
    assertThat(capture.body()).isEmpty();
  }

  @Test
  void whatIsLargerThanMayBeStoredIsNotKept() {
    Capture capture = new Capture(10, -1, new CaptureRoom(Long.MAX_VALUE));
    capture.append(bytes(10), 0, 10);
    assertThat(capture.join(reader, 0)).isTrue();
    capture.leave(reader);
    capture.append(bytes(1), 0, 1);
    capture.complete();
    assertThat(capture.body()).isNull();
    assertThat(capture.join(reader, 0)).as("the first byte is gone").isFalse();
  }

  @Test
  void whatIsTooLargeIsKeptUntilAllHaveReadIt() {
    byte[] body = bytes(400_000);
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    Place slow = new Place("slow ");
    assertThat(capture.join(reader, 0)).isTrue();
    assertThat(capture.join(slow, 0)).isTrue();
    for (int i = 0; i < 200_000; i += 50) {
      capture.append(body, i, 50);
      assertThat(text(see(capture, reader, i))).isEqualTo(Arrays.copyOfRange(body, i, i + 50));
    }
    assertThat(text(see(capture, slow, 0))).isEqualTo(Arrays.copyOf(body, 200_000));
    assertThat(see(capture, slow, 200_000).length()).isZero();
    assertThat(see(capture, reader, 200_000).length()).isZero();
    capture.append(body, 200_000, 200_000);
    assertThat(text(see(capture, slow, 200_000)))
        .isEqualTo(Arrays.copyOfRange(body, 200_000, 400_000));
    assertThat(capture.view(reader, 0)).as("what all have read is gone").isNull();
    assertThat(capture.join(new Place("late "), 0)).isFalse();
    capture.complete();
    assertThat(capture.body()).isNull();
  }

  @Test
  void whatFindsNoRoomBesideOthersIsNotStored() {
    CaptureRoom room = new CaptureRoom(150);
    Capture first = new Capture(100, 100, room);
    Capture second = new Capture(100, -1, room);
    Capture third = new Capture(100, 40, room);
    assertThat(second.fits()).as("as long as the other has nothing").isTrue();
    first.append(bytes(1), 0, 1);
    assertThat(room.taken()).as("what it says that there will be").isEqualTo(100);
    assertThat(second.fits()).isFalse();
    third.append(bytes(40), 0, 40);
    second.append(bytes(20), 0, 20);
    assertThat(second.isCrowded()).isTrue();
    third.complete();
    assertThat(third.body()).hasSize(40);
    assertThat(room.taken()).isEqualTo(100);
    second.append(bytes(1), 0, 1);
    second.complete();
    assertThat(second.body()).as("bytes are missing").isNull();
    first.abort();
    assertThat(room.taken()).isZero();
  }

  @Test
  void whatFindsNoRoomAsItGrowsIsStillRead() {
    byte[] body = bytes(40_000);
    CaptureRoom room = new CaptureRoom(20_000);
    Capture capture = new Capture(1 << 20, -1, room);
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(body, 0, 10_000);
    assertThat(room.taken()).isEqualTo(10_000);
    capture.append(body, 10_000, 30_000);
    assertThat(capture.isCrowded()).isTrue();
    assertThat(room.taken()).as("it is not to be stored").isZero();
    Place late = new Place("late ");
    assertThat(capture.join(late, 0)).as("all is there yet").isTrue();
    capture.complete();
    assertThat(text(see(capture, reader, 0))).isEqualTo(body);
    assertThat(text(see(capture, late, 0))).isEqualTo(body);
    assertThat(capture.body()).isNull();
  }

  @Test
  void whatIsCrowdedWaitsForItsReaders() {
    Capture capture = new Capture(1 << 20, -1, new CaptureRoom(0));
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(new byte[262_144], 0, 262_144);
    assertThat(hasRoom(capture)).isFalse();
  }

  @Test
  void whoReadsWhatHasEndedHoldsNoRoom() {
    CaptureRoom room = new CaptureRoom(150);
    Capture whole = new Capture(100, -1, room);
    assertThat(whole.join(reader, 0)).isTrue();
    whole.append(bytes(30), 0, 30);
    whole.seal();
    assertThat(room.taken()).as("it is not stored yet").isEqualTo(100);
    whole.complete();
    assertThat(room.taken()).isZero();
    whole.leave(reader);
    assertThat(room.taken()).as("once").isZero();
    Capture broken = new Capture(100, -1, room);
    assertThat(broken.join(reader, 0)).isTrue();
    broken.append(bytes(30), 0, 30);
    broken.abort();
    broken.leave(reader);
    assertThat(room.taken()).isZero();
  }

  @Test
  void whoStillReadsSharesWhatIsStored() throws Exception {
    Capture capture = new Capture(100, -1, new CaptureRoom(150));
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(bytes(30), 0, 30);
    capture.seal();
    byte[] stored = Objects.requireNonNull(capture.body());
    capture.complete();
    assertThat(capture.body()).as("no second copy").isSameAs(stored);
    assertThat(text(see(capture, reader, 0))).isEqualTo(stored);
  }

  @Test
  void whatMayBeStoredWaitsForNobody() {
    Capture capture = new Capture(1 << 20, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.join(reader, 0)).isTrue();
    for (int i = 0; i < 16; i++) {
      assertThat(hasRoom(capture)).isTrue();
      capture.append(new byte[1 << 16], 0, 1 << 16);
    }
    assertThat(hasRoom(capture)).isTrue();
    capture.append(new byte[1], 0, 1);
    assertThat(hasRoom(capture)).as("it has outgrown the store").isFalse();
  }

  @Test
  void whatIsTooLargeWaitsForTheSlowestOfItsReaders() {
    Capture capture = new Capture(10, -1, new CaptureRoom(Long.MAX_VALUE));
    Place slow = new Place("slow ");
    assertThat(capture.join(reader, 0)).isTrue();
    assertThat(capture.join(slow, 0)).isTrue();
    capture.append(new byte[262_143], 0, 262_143);
    assertThat(hasRoom(capture)).isTrue();
    capture.append(new byte[1], 0, 1);
    assertThat(hasRoom(capture)).isFalse();
    assertThat(see(capture, reader, 262_144).length()).isZero();
    assertThat(room).as("that was the quick one").isEmpty();
    assertThat(see(capture, slow, 131_072).length()).isEqualTo(131_072);
    assertThat(room).as("not for each byte").isEmpty();
    assertThat(see(capture, slow, 131_073).length()).isEqualTo(131_071);
    assertThat(room).containsExactly("room");
    assertThat(see(capture, slow, 262_144).length()).isZero();
    assertThat(room).as("once").hasSize(1);
  }

  @Test
  void aReaderThatLeavesMakesRoom() {
    Capture capture = full();
    assertThat(hasRoom(capture)).isFalse();
    capture.leave(reader);
    assertThat(room).containsExactly("room");
    assertThat(hasRoom(capture)).isTrue();
  }

  @Test
  void whoWritesIsNotLeftWaitingWhenItEnds() {
    Capture capture = full();
    assertThat(hasRoom(capture)).isFalse();
    capture.abort();
    assertThat(room).containsExactly("room");
    assertThat(hasRoom(capture)).isTrue();
  }

  @Test
  void whoDoesNotReadWhileOthersWaitIsGivenUp() {
    Capture capture = full();
    Place quick = new Place("quick ");
    assertThat(hasRoom(capture)).isFalse();
    long start = Long.MAX_VALUE - 5; // the clock may begin anywhere
    capture.expire(start, 10);
    capture.expire(start + 100, 10);
    assertThat(told).as("nobody waits for it").isEmpty();
    capture = new Capture(10, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.join(reader, 0)).isTrue();
    assertThat(capture.join(quick, 0)).isTrue();
    capture.append(new byte[300_000], 0, 300_000);
    assertThat(see(capture, quick, 300_000).length()).isZero();
    capture.expire(start, 10);
    capture.expire(start + 100, 10);
    assertThat(told).as("there was room").containsExactly("more", "quick more");
    assertThat(hasRoom(capture)).isFalse();
    capture.expire(start + 100, 10);
    capture.expire(start + 109, 10);
    assertThat(see(capture, reader, 1).length()).as("it reads on, if slowly").isPositive();
    capture.expire(start + 110, 10);
    capture.expire(start + 119, 10);
    assertThat(told).hasSize(2);
    assertThat(room).isEmpty();
    capture.expire(start + 120, 10);
    assertThat(told).containsExactly("more", "quick more", "lost");
    assertThat(room).containsExactly("room");
    capture.append(new byte[300_000], 0, 300_000);
    assertThat(told).containsExactly("more", "quick more", "lost", "quick more");
    assertThat(see(capture, quick, 300_000).length()).isEqualTo(300_000);
  }

  @Test
  void aSealedBodyIsThereBeforeItsReadersKnow() {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(bytes(3), 0, 3);
    capture.seal();
    capture.append(bytes(3), 0, 3);
    assertThat(capture.body()).isEqualTo(bytes(3));
    assertThat(see(capture, reader, 3).state()).isEqualTo(Capture.State.GROWING);
    assertThat(told).hasSize(1);
    capture.complete();
    assertThat(see(capture, reader, 3).state()).isEqualTo(Capture.State.WHOLE);
    assertThat(told).hasSize(2);
  }

  @Test
  void aChunkLargerThanAllThatMayBeStoredIsReadNevertheless() {
    byte[] body = bytes(500);
    Capture capture = new Capture(10, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(body, 0, 500);
    assertThat(text(see(capture, reader, 0))).isEqualTo(body);
    assertThat(see(capture, reader, 500).length()).isZero();
    capture.append(body, 0, 500);
    assertThat(text(see(capture, reader, 500))).isEqualTo(body);
  }

  @Test
  void bytesOnceShownNeverChange() {
    byte[] body = bytes(2_000);
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(body, 0, 90);
    CaptureView view = view(capture, 0);
    append(capture, Arrays.copyOfRange(body, 90, 2_000), 70);
    assertThat(text(view)).isEqualTo(Arrays.copyOf(body, 90));
  }

  @Test
  void whoReadsIsToldOfEachChangeUntilItLeaves() {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.hasReaders()).isFalse();
    assertThat(capture.join(reader, 0)).isTrue();
    assertThat(capture.hasReaders()).isTrue();
    capture.append(bytes(3), 0, 3);
    capture.complete();
    capture.complete();
    assertThat(told).containsExactly("more", "more");
    capture.leave(reader);
    assertThat(capture.hasReaders()).isFalse();
  }

  @Test
  void aBrokenOneSaysSoBehindItsLastByte() {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(bytes(3), 0, 3);
    capture.abort();
    capture.complete();
    capture.append(bytes(3), 0, 3);
    CaptureView view = view(capture, 0);
    assertThat(view.length()).isEqualTo(3);
    assertThat(view.state()).isEqualTo(Capture.State.BROKEN);
    assertThat(capture.body()).isNull();
    assertThat(capture.join(new Place("other "), 0)).isFalse();
    assertThat(told).hasSize(2);
  }

  @Test
  void whatIsWholeCannotBreakAndIsReadByLateOnes() {
    Capture capture = new Capture(100, 3, new CaptureRoom(Long.MAX_VALUE));
    byte[] body = bytes(3);
    capture.append(body, 0, 3);
    capture.complete();
    capture.abort();
    capture.append(body, 0, 3);
    assertThat(capture.join(reader, 0)).isTrue();
    assertThat(capture.body()).isEqualTo(body);
    Capture ready = Capture.of(body);
    assertThat(ready.join(reader, 0)).isTrue();
    assertThat(read(ready, 1)).isEqualTo(Arrays.copyOfRange(body, 1, 3));
    assertThat(ready.body()).isSameAs(body);
  }

  @Test
  void manyReadAlongWhileOneWrites() throws Exception {
    byte[] body = bytes(400_000);
    Capture capture = new Capture(1 << 20, -1, new CaptureRoom(Long.MAX_VALUE));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      CountDownLatch joined = new CountDownLatch(4);
      List<Future<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> readAlong(capture, joined)));
      }
      assertThat(joined.await(30, TimeUnit.SECONDS)).isTrue();
      append(capture, body, 777);
      capture.complete();
      for (Future<byte[]> each : all) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(body);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(capture.hasReaders()).isFalse();
  }

  private static byte[] readAlong(Capture capture, CountDownLatch joined) throws Exception {
    Semaphore calls = new Semaphore(0);
    Readers.Reader call =
        new Readers.Reader() {
          @Override
          void more() {
            calls.release();
          }

          @Override
          void lost() {
            throw new AssertionError("nobody has waited");
          }
        };
    assertThat(capture.join(call, 0)).isTrue();
    joined.countDown();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (true) {
      CaptureView view = Objects.requireNonNull(capture.view(call, read.size()), "lost");
      view.writeTo(read, 1_000);
      if (view.length() == 0) {
        if (view.state() == Capture.State.WHOLE) {
          capture.leave(call);
          return read.toByteArray();
        }
        calls.acquire();
        calls.drainPermits();
      }
    }
  }

  private static void append(Capture capture, byte[] body, int step) {
    for (int i = 0; i < body.length; i += step) {
      capture.append(body, i, Math.min(step, body.length - i));
    }
  }

  private byte[] read(Capture capture, long from) {
    return text(view(capture, from));
  }

  private CaptureView view(Capture capture, long from) {
    return Objects.requireNonNull(capture.view(new Place("nobody"), from), "lost");
  }

  private static byte[] text(CaptureView view) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      view.writeTo(read, Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read.toByteArray();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private boolean hasRoom(Capture capture) {
    return capture.hasRoom(() -> room.add("room"));
  }

  /** One that has outgrown the store, with a reader that does not read. */
  private Capture full() {
    Capture capture = new Capture(10, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(capture.join(reader, 0)).isTrue();
    capture.append(new byte[300_000], 0, 300_000);
    told.clear();
    return capture;
  }

  private static CaptureView see(Capture capture, Place by, long from) {
    return Objects.requireNonNull(capture.view(by, from), "lost");
  }

  private final class Place extends Readers.Reader {
    private final String name;

    Place(String name) {
      this.name = name;
    }

    @Override
    void more() {
      told.add(name + "more");
    }

    @Override
    void lost() {
      told.add(name + "lost");
    }
  }
}
