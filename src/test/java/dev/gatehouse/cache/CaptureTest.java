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

  @SuppressWarnings("UnnecessaryLambda") // who leaves must be the one who joined
  private final Runnable reader = () -> told.add("more");

  @ParameterizedTest(name = "{0} expected, {1} at once")
  @CsvSource({"-1,1", "-1,7", "-1,10000", "0,3", "5,3", "30000,30000", "30000,4096", "99999,4096"})
  void growsToWhatComes(long expected, int step) {
    byte[] body = bytes(30_000);
    Capture capture = new Capture(30_000, expected);
    append(capture, body, step);
    assertThat(capture.body()).as("not whole yet").isNull();
    capture.complete();
    assertThat(capture.body()).isEqualTo(body);
    assertThat(read(capture, 0)).isEqualTo(body);
  }

  @Test
  void anEmptyBodyIsWholeToo() {
    Capture capture = new Capture(0, -1);
    capture.complete();
    assertThat(capture.body()).isEmpty();
  }

  @Test
  void whatIsLargerThanMayBeStoredIsNotKept() {
    Capture capture = new Capture(10, -1);
    capture.append(bytes(10), 0, 10);
    assertThat(capture.join(reader)).isTrue();
    capture.leave(reader);
    capture.append(bytes(1), 0, 1);
    capture.complete();
    assertThat(capture.body()).isNull();
    assertThat(capture.join(reader)).as("the first byte is gone").isFalse();
  }

  @Test
  void readersOfWhatIsTooLargeSeeTheLastOfIt() {
    byte[] body = bytes(1_000);
    Capture capture = new Capture(100, -1);
    assertThat(capture.join(reader)).isTrue();
    for (int i = 0; i < 1_000; i += 50) {
      capture.append(body, i, 50);
      assertThat(text(view(capture, i))).isEqualTo(Arrays.copyOfRange(body, i, i + 50));
    }
    assertThat(capture.view(0)).as("what is too far behind is lost").isNull();
    assertThat(read(capture, 900)).isEqualTo(Arrays.copyOfRange(body, 900, 1_000));
    assertThat(capture.join(() -> {})).isFalse();
    capture.complete();
    assertThat(capture.body()).isNull();
  }

  @Test
  void aChunkLargerThanAllThatMayBeStoredIsReadNevertheless() {
    byte[] body = bytes(500);
    Capture capture = new Capture(10, -1);
    assertThat(capture.join(reader)).isTrue();
    capture.append(body, 0, 500);
    assertThat(read(capture, 0)).isEqualTo(body);
    capture.append(body, 0, 500);
    assertThat(read(capture, 500)).isEqualTo(body);
  }

  @Test
  void bytesOnceShownNeverChange() {
    byte[] body = bytes(2_000);
    Capture capture = new Capture(100, -1);
    assertThat(capture.join(reader)).isTrue();
    capture.append(body, 0, 90);
    Capture.View view = view(capture, 0);
    append(capture, Arrays.copyOfRange(body, 90, 2_000), 70);
    assertThat(text(view)).isEqualTo(Arrays.copyOf(body, 90));
  }

  @Test
  void whoReadsIsToldOfEachChangeUntilItLeaves() {
    Capture capture = new Capture(100, -1);
    assertThat(capture.hasReaders()).isFalse();
    assertThat(capture.join(reader)).isTrue();
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
    Capture capture = new Capture(100, -1);
    assertThat(capture.join(reader)).isTrue();
    capture.append(bytes(3), 0, 3);
    capture.abort();
    capture.complete();
    capture.append(bytes(3), 0, 3);
    Capture.View view = view(capture, 0);
    assertThat(view.length()).isEqualTo(3);
    assertThat(view.state()).isEqualTo(Capture.State.BROKEN);
    assertThat(capture.body()).isNull();
    assertThat(capture.join(() -> {})).isFalse();
    assertThat(told).hasSize(2);
  }

  @Test
  void whatIsWholeCannotBreakAndIsReadByLateOnes() {
    Capture capture = new Capture(100, 3);
    byte[] body = bytes(3);
    capture.append(body, 0, 3);
    capture.complete();
    capture.abort();
    capture.append(body, 0, 3);
    assertThat(capture.join(reader)).isTrue();
    assertThat(capture.body()).isEqualTo(body);
    Capture ready = Capture.of(body);
    assertThat(ready.join(reader)).isTrue();
    assertThat(read(ready, 1)).isEqualTo(Arrays.copyOfRange(body, 1, 3));
    assertThat(ready.body()).isSameAs(body);
  }

  @Test
  void manyReadAlongWhileOneWrites() throws Exception {
    byte[] body = bytes(400_000);
    Capture capture = new Capture(1 << 20, -1);
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
    Runnable call = calls::release;
    assertThat(capture.join(call)).isTrue();
    joined.countDown();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (true) {
      Capture.View view = view(capture, read.size());
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

  private static byte[] read(Capture capture, long from) {
    return text(view(capture, from));
  }

  private static Capture.View view(Capture capture, long from) {
    return Objects.requireNonNull(capture.view(from), "lost");
  }

  private static byte[] text(Capture.View view) {
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
}
