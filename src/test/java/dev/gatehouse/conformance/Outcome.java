package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What came of a row on the server under test.
 *
 * @param target what was asked for; no other row asks for it
 * @param client whose connection may still be open
 */
record Outcome(Backend backend, String target, RawClient client, Reply reply) {
  private static final Duration DROPPED_IN = Duration.ofSeconds(5); // before it would idle out
  private static final AtomicInteger ROWS = new AtomicInteger();

  /** Plays the row against the server under test and asserts what must hold there. */
  static void check(Case row, Backend backend) throws Exception {
    ServerUnderTest server = ServerUnderTest.current();
    String target = "/" + row.id().toLowerCase(Locale.ROOT) + "/" + ROWS.incrementAndGet();
    backend.answer(
        seen ->
            seen.target().endsWith(target)
                ? row.backend().apply(seen)
                : Script.ok(seen.target())); // to see who gets whose answer
    try (RawClient client = RawClient.to(server.http())) {
      send(client, row.sent().bytes(target));
      Reply reply = client.readFinal(row.sent().method().equals("HEAD"));
      row.checkOn(server.name()).on(new Outcome(backend, target, client, reply));
    } catch (AssertionError e) { // a report has the row's number only
      throw new AssertionError(row + ", on " + server.name() + ": " + e.getMessage(), e);
    }
  }

  /** A server may have answered and closed before it has read everything. */
  private static void send(RawClient client, String bytes) throws IOException {
    try {
      client.send(bytes);
    } catch (SocketException e) {
      // the reply tells
    }
  }

  /** The requests of this row that the backend got. */
  List<Seen> seen() {
    return backend.requests().stream().filter(seen -> seen.target().endsWith(target)).toList();
  }

  /** The one request of this row that the backend got. */
  Seen forwarded() {
    assertThat(seen()).as("forwarded").hasSize(1);
    return seen().get(0);
  }

  void isNotForwarded() {
    assertThat(seen()).as("forwarded").isEmpty();
  }

  /** The backend's own answer has arrived whole. */
  void isAnswered(int status, String body) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).isEqualTo(body);
    assertThat(reply.isWhole()).isTrue();
  }

  /** A whole answer of our own, with this status; afterwards everything goes on. */
  void isRefused(Integer... statuses) throws IOException {
    assertThat(reply.status()).isIn((Object[]) statuses);
    assertThat(reply.isWhole()).as("whole").isTrue();
    othersGetTheirAnswers();
  }

  /** Nothing of this exchange is taken for the answer to somebody else's request. */
  void othersGetTheirAnswers() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (RawClient other = RawClient.to(ServerUnderTest.current().http())) {
        getsItsAnswer(other, "other" + i);
      }
    }
  }

  /** The client's connection is still good: the next answer on it belongs to its request. */
  void connectionGoesOn() throws IOException {
    getsItsAnswer(client, "next");
  }

  private void getsItsAnswer(RawClient client, String name) throws IOException {
    String other = target + "/" + name;
    Reply answer = client.get(other, Settings.KEY_LINE);
    assertThat(answer.status()).as("status of " + other).isEqualTo(200);
    assertThat(answer.text()).as("body of " + other).endsWith(other);
  }

  /** No connection to the backend that this row has used is used again. */
  void backendConnectionIsDropped() {
    List<Integer> numbers = seen().stream().map(Seen::connection).distinct().toList();
    assertThat(numbers).isNotEmpty();
    Await.until(
        "the connection is dropped",
        DROPPED_IN,
        () -> numbers.stream().noneMatch(number -> backend.isOpen(number)));
  }
}
