package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeOutput;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyPumpTest {
  private final FakeOutput output = new FakeOutput();
  private final Journal journal = new Journal(() -> 0);
  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private final Readers.Reader quick =
      new Readers.Reader() {
        @Override
        void more() {}

        @Override
        void lost() {
          heard.add("lost");
        }
      };
  private final BodyPump.Ending ending =
      new BodyPump.Ending() {
        @Override
        public void written() {
          heard.add("written");
        }

        @Override
        public void broken() {
          heard.add("broken");
        }

        @Override
        public void failed(Throwable cause) {
          heard.add("failed: " + cause.getMessage());
        }
      };

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({"0,10,0123456789", "3,5,34", "9,10,9", "4,4,''", "0,0,''"})
  void writesWhatIsAskedOfWhatIsThere(long from, long end, String text) throws IOException {
    BodyPump pump = pump(Capture.of(bytes("0123456789")), from, end, later::add);
    assertThat(pump.start()).isTrue();
    output.begins();
    assertThat(output.text()).isEqualTo(text);
    assertThat(heard).containsExactly("written");
  }

  @Test
  void writesNothingBeforeTheContainerSaysSo() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    capture.append(bytes("abc"), 0, 3);
    assertThat(later).isEmpty();
    assertThat(output.text()).isEmpty();
    output.begins();
    assertThat(output.text()).isEqualTo("abc");
  }

  @Test
  void writesWhatComesAndFlushesAtEachPause() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    output.begins();
    assertThat(output.flushes()).as("the head").isEqualTo(1);
    capture.append(bytes("abc"), 0, 3);
    capture.append(bytes("def"), 0, 3);
    assertThat(output.text()).as("not on the thread that writes the capture").isEmpty();
    runAll();
    assertThat(output.text()).isEqualTo("abcdef");
    assertThat(output.flushes()).isEqualTo(2);
    capture.complete();
    runAll();
    assertThat(heard).containsExactly("written");
    assertThat(output.isClosed()).as("that is for who hears of the end").isFalse();
    assertThat(capture.hasReaders()).isFalse();
  }

  @Test
  void waitsForAClientThatDoesNotRead() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    output.begins();
    output.stopsAfter(1);
    capture.append(bytes("abc"), 0, 3);
    capture.complete();
    runAll();
    assertThat(output.text()).isEqualTo("abc");
    assertThat(heard).isEmpty();
    output.goesOn();
    assertThat(heard).containsExactly("written");
  }

  @Test
  void largeOnesGoInPieces() throws IOException {
    byte[] body = new byte[200_000];
    body[199_999] = 7;
    BodyPump pump = pump(Capture.of(body), 0, Long.MAX_VALUE, later::add);
    assertThat(pump.start()).isTrue();
    output.stopsAfter(100);
    output.begins();
    assertThat(output.bytes()).hasSize(65_536);
    output.goesOn();
    assertThat(output.bytes()).isEqualTo(body);
    journal.answeredByBackend();
    assertThat(journal.bytesOut()).hasValue(200_000);
  }

  @Test
  void saysSoWhenTheRestWillNotCome() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    output.begins();
    capture.append(bytes("abc"), 0, 3);
    capture.abort();
    runAll();
    assertThat(output.text()).isEqualTo("abc");
    assertThat(heard).containsExactly("broken");
  }

  @Test
  void isLostWhenOthersHaveWaitedForItForTooLong() throws IOException {
    Capture capture = held();
    output.begins();
    output.stopsAfter(0);
    capture.append(new byte[300_000], 0, 300_000);
    runAll();
    assertThat(output.bytes()).as("it takes no more").hasSize(65_536);
    isHeldUp(capture);
    assertThat(later).hasSize(1);
    runAll();
    assertThat(heard).containsExactly("broken");
    output.goesOn();
    assertThat(output.bytes()).hasSize(65_536);
  }

  @Test
  void isLostAlsoIfTheContainerHasNotCalled() {
    Capture capture = held();
    capture.append(new byte[300_000], 0, 300_000);
    isHeldUp(capture);
    runAll();
    assertThat(output.bytes()).isEmpty();
    assertThat(heard).containsExactly("broken");
    assertThat(capture.hasReaders()).isTrue();
  }

  /** A capture that another one reads, too. */
  private Capture held() {
    Capture capture = new Capture(10, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    assertThat(capture.join(quick, 0)).isTrue();
    return capture;
  }

  private void isHeldUp(Capture capture) {
    assertThat(Objects.requireNonNull(capture.view(quick, 300_000)).length()).isZero();
    assertThat(capture.hasRoom(() -> {})).isFalse();
    capture.expire(0, 10);
    capture.expire(10, 10);
  }

  @Test
  void isDrivenByWhoWritesTheCapture() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    BodyPump pump = all(capture);
    assertThat(pump.startDriven()).isTrue();
    capture.append(bytes("ab"), 0, 2);
    pump.go(false);
    pump.go(true);
    assertThat(output.text()).as("the container has not called").isEmpty();
    pump.go(false);
    output.begins();
    assertThat(output.text()).isEqualTo("ab");
    assertThat(output.flushes()).as("there may be more at once").isZero();
    capture.append(bytes("cd"), 0, 2);
    pump.go(false);
    assertThat(output.text()).isEqualTo("abcd");
    pump.go(true);
    assertThat(output.flushes()).isEqualTo(1);
    pump.go(true);
    assertThat(output.flushes()).isEqualTo(1);
    capture.complete();
    assertThat(heard).isEmpty();
    pump.go(false);
    assertThat(heard).containsExactly("written");
    assertThat(later).as("no change of threads").isEmpty();
  }

  @Test
  void touchesNothingOnceItIsStopped() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    BodyPump pump = all(capture);
    assertThat(pump.start()).isTrue();
    output.begins();
    capture.append(bytes("abc"), 0, 3);
    pump.stop();
    runAll();
    output.goesOn();
    output.fails(new IOException("gone"));
    assertThat(output.text()).isEmpty();
    assertThat(heard).isEmpty();
    assertThat(capture.hasReaders()).isFalse();
  }

  @Test
  void doesNotReadIfItWasStoppedBefore() {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    BodyPump pump = all(capture);
    pump.stop();
    assertThat(pump.start()).isTrue();
    assertThat(capture.hasReaders()).isFalse();
  }

  @Test
  void doesNotWriteWhileItIsHeld() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    BodyPump pump = all(capture);
    assertThat(pump.startDriven()).isTrue();
    output.begins();
    assertThat(pump.hold()).isTrue();
    assertThat(pump.hold()).isFalse();
    pump.letGo();
    assertThat(later).as("nothing was missed").isEmpty();
    assertThat(pump.hold()).isTrue();
    capture.append(bytes("abc"), 0, 3);
    pump.go(false);
    assertThat(output.text()).isEmpty();
    pump.letGo();
    assertThat(output.text()).as("not on the thread that has held it").isEmpty();
    runAll();
    assertThat(output.text()).isEqualTo("abc");
    assertThat(pump.hold()).isTrue();
    pump.letGo();
  }

  @Test
  void beginsNotAtAllWhereTheFirstByteIsGone() {
    Capture capture = new Capture(10, -1, new CaptureRoom(Long.MAX_VALUE));
    capture.append(new byte[11], 0, 11);
    assertThat(all(capture).start()).isFalse();
    assertThat(output.isListenedTo()).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void aClientThatCannotBeWrittenToIsToldOnce() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    output.begins();
    output.breaks();
    capture.append(bytes("abc"), 0, 3);
    runAll();
    output.fails(new IOException("the container has found out, too"));
    capture.append(bytes("def"), 0, 3);
    capture.complete();
    runAll();
    assertThat(heard).containsExactly("failed: the client has left");
    assertThat(capture.hasReaders()).isFalse();
  }

  @Test
  void afterAnErrorTheContainersOutputIsNotTouched() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    output.begins();
    capture.append(bytes("abc"), 0, 3);
    output.fails(new IOException("gone"));
    runAll();
    output.goesOn();
    assertThat(output.text()).isEmpty();
    assertThat(heard).containsExactly("failed: gone");
  }

  @Test
  void anErrorBeforeTheBeginningCounts() {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    assertThat(all(capture).start()).isTrue();
    output.fails(new IOException("gone"));
    assertThat(heard).containsExactly("failed: gone");
    assertThat(capture.hasReaders()).isFalse();
  }

  @Test
  void whereNobodyWorksAnyMoreTheWriterOfTheCaptureIsNotDisturbed() throws IOException {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    Executor closed =
        task -> {
          throw new RejectedExecutionException("closed");
        };
    assertThat(pump(capture, 0, Long.MAX_VALUE, closed).start()).isTrue();
    output.begins();
    capture.append(bytes("abc"), 0, 3);
    assertThat(heard).containsExactly("failed: closed");
  }

  @Test
  void aContainerThatTakesNoListenerLeavesNoReader() {
    Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
    output.setWriteListener(
        new WriteListener() {
          @Override
          public void onWritePossible() {}

          @Override
          public void onError(Throwable cause) {}
        });
    assertThatThrownBy(() -> all(capture).start()).isInstanceOf(IllegalStateException.class);
    assertThat(capture.hasReaders()).isFalse();
  }

  private BodyPump all(Capture capture) {
    return pump(capture, 0, Long.MAX_VALUE, later::add);
  }

  private BodyPump pump(Capture capture, long from, long end, Executor executor) {
    return new BodyPump(output, capture, from, end, executor, journal, ending);
  }

  private void runAll() {
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      next.run();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
