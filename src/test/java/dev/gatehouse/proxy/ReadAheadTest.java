package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
  private static final int BUFFER = 8;
  private static final int MOST = 20;

  private final FakeInput input = new FakeInput();
  private final List<Optional<String>> digests = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private boolean reset;

  private ReadAhead reading(long length) {
    LateInput late = new LateInput(() -> input, length, () -> reset);
    ClientBody body = new ClientBody(late, 0, BUFFER, MOST + BUFFER);
    return new ReadAhead(body, MOST, digests::add, failures::add);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 20})
  void aBodyUpToTheBoundIsWholeAndCanBeSentMoreThanOnce(long length) throws Exception {
    input.has("0123456", "789abcdefghij");
    ReadAhead read = reading(length);
    start(read);
    assertThat(digests).containsExactly(Optional.of(sha256("0123456789abcdefghij")));
    assertThat(read.isWhole()).isTrue();
    for (int i = 0; i < 2; i++) { // for the client, and for a refresh
      ClientBody body = read.body();
      assertThat(body.isFinished()).isTrue();
      assertThat(body.length()).isEqualTo(length);
      assertThat(body.taken()).isEqualTo(20);
      assertThat(rest(body.forAttempt())).isEqualTo("0123456789abcdefghij");
      assertThat(body.canBeSentAgain()).isTrue();
      assertThat(rest(body.forAttempt())).isEqualTo("0123456789abcdefghij");
    }
  }

  @Test
  void anEmptyBodyIsWhole() throws Exception {
    ReadAhead read = reading(-1);
    start(read);
    assertThat(digests).containsExactly(Optional.of(sha256("")));
    assertThat(rest(read.body().forAttempt())).isEmpty();
  }

  @Test
  void aBodyThatComesLaterIsReadWhenItComes() throws Exception {
    input.hasMoreLater();
    ReadAhead read = reading(-1);
    start(read);
    assertThat(digests).isEmpty();
    input.has("abc");
    told().onDataAvailable();
    assertThat(digests).isEmpty();
    input.has("def");
    input.ends();
    told().onDataAvailable();
    assertThat(digests).containsExactly(Optional.of(sha256("abcdef")));
    told().onAllDataRead();
    assertThat(digests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 26})
  void aLongerBodyGoesOnWithNothingLostAndNothingDoubled(long length) throws Exception {
    input.has("0123", "4567", "89abcdef", "ghijklmn", "op");
    ReadAhead read = reading(length);
    start(read);
    assertThat(digests).containsExactly(Optional.empty());
    assertThat(input.reads()).as("not to its end").isLessThan(5);
    assertThat(read.isWhole()).isFalse();
    assertThat(rest(read.body().forAttempt())).isEqualTo("0123456789abcdefghijklmnop");
    assertThat(read.body().isFinished()).isTrue();
  }

  @Test
  void aBodyInTooManyPiecesGoesOnToo() throws Exception {
    String[] bytes = new String[400];
    Arrays.fill(bytes, "x");
    input.has(bytes);
    LateInput late = new LateInput(() -> input, -1, () -> false);
    ClientBody body = new ClientBody(late, 0, BUFFER, 1 << 20);
    ReadAhead read = new ReadAhead(body, 1 << 16, digests::add, failures::add);
    start(read);
    assertThat(digests).containsExactly(Optional.empty());
    assertThat(rest(read.body().forAttempt())).isEqualTo("x".repeat(400));
  }

  @Test
  void oneThatIsStoppedGoesOnAsItComes() throws Exception {
    input.hasMoreLater();
    input.has("abc");
    ReadAhead read = reading(-1);
    start(read);
    read.stop();
    read.stop();
    assertThat(digests).containsExactly(Optional.empty());
    told().onDataAvailable();
    Request.Content next = read.body().forAttempt();
    assertThat(text(next.read())).isEqualTo("abc");
    boolean[] called = {false};
    next.demand(() -> called[0] = true);
    input.has("def");
    input.ends();
    told().onDataAvailable();
    assertThat(called[0]).isTrue();
    assertThat(rest(next)).isEqualTo("def");
    assertThat(failures).isEmpty();
  }

  @Test
  void ofAClientThatBreaksOffNothingIsLeft() throws Exception {
    input.hasMoreLater();
    input.has("abc");
    ReadAhead read = reading(10);
    start(read);
    told().onError(new IOException("reset"));
    assertThat(failures).hasSize(1);
    assertThat(digests).isEmpty();
    read.stop();
    read.failed(new IOException("the container says so, too"));
    assertThat(failures).hasSize(1);
    assertThat(digests).isEmpty();
  }

  @Test
  void fewerBytesThanAnnouncedAreNoBody() throws Exception {
    input.has("abc");
    start(reading(10));
    assertThat(failures).singleElement().isInstanceOf(EOFException.class);
    assertThat(digests).isEmpty();
  }

  @Test
  void theEndOfAStreamThatWasResetIsNone() throws Exception {
    input.has("abc");
    reset = true;
    start(reading(-1));
    assertThat(failures).singleElement().isInstanceOf(EOFException.class);
    assertThat(digests).isEmpty();
  }

  /** E01: whatever the pieces that they come in. */
  @Property(tries = 1_000, seed = "20261123")
  void twoBodiesHaveTheSameDigestExactlyIfTheyAreTheSame(@ForAll Random random) throws Exception {
    String one = text(random);
    String other = random.nextBoolean() ? one : text(random);
    assertThat(digest(one, random).equals(digest(other, random))).isEqualTo(one.equals(other));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(MOST + 1); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }

  private static String digest(String text, Random random) throws IOException {
    FakeInput input = new FakeInput();
    int at = 0;
    while (at < text.length()) {
      int end = at + 1 + random.nextInt(text.length() - at);
      input.has(text.substring(at, end));
      at = end;
    }
    long length = random.nextBoolean() ? -1 : text.length();
    LateInput late = new LateInput(() -> input, length, () -> false);
    ClientBody body = new ClientBody(late, 0, BUFFER, MOST + BUFFER);
    List<Optional<String>> digests = new ArrayList<>();
    start(new ReadAhead(body, MOST, digests::add, cause -> {}), input);
    return digests.get(0).orElseThrow();
  }

  private void start(ReadAhead read) throws IOException {
    start(read, input);
  }

  /** As a container does it: it is told whoever asked. */
  private static void start(ReadAhead read, FakeInput from) throws IOException {
    read.go();
    Objects.requireNonNull(from.listener()).onDataAvailable();
  }

  private ReadListener told() {
    return Objects.requireNonNull(input.listener());
  }

  private static String sha256(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1));
    return HexFormat.of().formatHex(digest);
  }

  /** All that is there, to the last chunk. */
  private static String rest(Request.Content content) {
    StringBuilder all = new StringBuilder();
    while (true) {
      Content.Chunk chunk = content.read();
      if (chunk == null) {
        content.demand(() -> {});
        chunk = content.read();
      }
      all.append(text(chunk));
      if (chunk == null || chunk.isLast()) {
        return all.toString();
      }
      chunk.release();
    }
  }

  private static String text(Content.@Nullable Chunk chunk) {
    return chunk == null ? "" : ISO_8859_1.decode(chunk.getByteBuffer().duplicate()).toString();
  }
}
