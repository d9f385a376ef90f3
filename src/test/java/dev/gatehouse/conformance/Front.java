package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The deployment that rows run against: one recording backend, which answers with method and target
 * unless told otherwise. Nobody needs a key, so that nothing is refused for the lack of one; with
 * {@code proxy.auth.mode} of {@code apiKey} the rows' own keys count.
 */
final class Front implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static final String KEY = "X-API-Key: conformance-key-123";
  static final String ADMIN = "X-API-Key: conformance-admin-key-123";

  private static final String HEALTH = "/health";
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Origin backend = Origin.scripted();
  private final String prefix;
  private final AtomicInteger marks = new AtomicInteger();

  private Front(Map<String, String> more) {
    this.prefix = more.getOrDefault("proxy.prefix", "");
    answer(Front::echo);
    Map<String, String> settings = new HashMap<>();
    settings.put("proxy.backends", backend.url().toString());
    settings.put("proxy.health.path", HEALTH);
    settings.put("proxy.health.interval", "500ms");
    settings.put("proxy.auth.mode", "none");
    settings.put(
        "proxy.auth.apiKeys", "test:" + value(KEY) + ",admin:" + value(ADMIN) + ";scopes=admin");
    settings.putAll(more);
    var unused = Gatehouse.deploy(settings); // undeployed by Arquillian
  }

  /** Deploys with the given parameters besides the usual ones. */
  static Front deploy(Map<String, String> more) {
    return new Front(more);
  }

  /** From now on answers this way. */
  void answer(Function<Seen, Script> answers) {
    backend.answer(seen -> seen.target().equals(HEALTH) ? Script.ok("up") : answers.apply(seen));
  }

  static Script echo(Seen seen) {
    return Script.ok(seen.method() + " " + seen.target());
  }

  static ServerUnderTest server() {
    return ServerUnderTest.current();
  }

  static RawClient client() throws IOException {
    return RawClient.to(server().http()).timeout(QUIET);
  }

  URI backendUrl() {
    return backend.url();
  }

  /** Whether the backend's connection of this number is still there. */
  boolean isOpen(int connection) {
    return backend.isOpen(connection);
  }

  /** Plays the row and asserts what must hold of it here, and what must hold of every row. */
  Observed check(Row row) throws IOException {
    String server = server().name();
    Observed observed = play(row.sentTo(server), row.requests());
    Required required = row.requiredOn(server);
    assertThat(observed.connection())
        .as("%s%n%s", row, observed)
        .isNotEqualTo(Observed.Connection.CONFUSED);
    for (Seen seen : observed.seen()) {
      Clean.check(seen);
      assertThat(seen.requestLine()).doesNotContain("smuggled");
    }
    assertThat(required.holds().test(observed))
        .as("%s%nrequired: %s%nobserved: %s", row, required.words(), observed)
        .isTrue();
    return observed;
  }

  /**
   * Sends bytes on a connection of their own, reads so many answers and asks for something else on
   * it; then asks for a last thing on another connection, by which all that was to come of the
   * bytes has come.
   */
  Observed play(String sent, int requests) throws IOException {
    int from = backend.seen().size();
    List<Reply> replies = new ArrayList<>();
    Observed.Connection connection;
    try (RawClient client = client()) {
      Thread sender = sending(client, out -> out.write(sent.getBytes(ISO_8859_1)));
      connection = read(client, requests, replies);
      if (connection == Observed.Connection.SAFE) {
        connection = hasEnded(sender) ? goesOn(client) : Observed.Connection.CONFUSED;
      }
    }
    String mark = "/mark-" + marks.incrementAndGet();
    try (RawClient other = client()) {
      assertThat(ask(other, mark).text()).as("the next client's").isEqualTo("GET " + mark);
    }
    List<Seen> seen =
        backend.seen().stream()
            .skip(from)
            .filter(each -> !each.target().equals(HEALTH))
            .filter(each -> !each.target().startsWith("/mark-"))
            .toList();
    return new Observed(replies, connection, seen);
  }

  /** Our requests to the backend besides checks, in order. */
  List<Seen> seen() {
    return backend.seen().stream().filter(seen -> !seen.target().equals(HEALTH)).toList();
  }

  /** The one with this target; waits for it. */
  Seen seen(String target) {
    Await.until(target, () -> seen().stream().anyMatch(seen -> seen.target().equals(target)));
    return seen().stream().filter(seen -> seen.target().equals(target)).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    backend.close();
  }

  /** A server may answer and stop reading long before all is sent. */
  static Thread sending(RawClient client, Writing what) {
    Thread sender =
        new Thread(
            () -> {
              try {
                what.to(client.out());
              } catch (IOException e) {
                // closed: the answer tells
              }
            },
            "row");
    sender.setDaemon(true);
    sender.start();
    return sender;
  }

  /** What is sent while the answer is read. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static Observed.Connection read(RawClient client, int requests, List<Reply> replies)
      throws IOException {
    for (int i = 0; i < requests; i++) {
      Reply reply = client.readFinal(false);
      if (!reply.statusLine().isEmpty()) {
        replies.add(reply);
      }
      switch (reply.end()) {
        case TIMEOUT -> {
          return Observed.Connection.CONFUSED;
        }
        case CUT, RESET, EOF -> {
          return Observed.Connection.CLOSED;
        }
        default -> {}
      }
    }
    return Observed.Connection.SAFE;
  }

  /** Who asks for more in the midst of a body is confused himself. */
  private static boolean hasEnded(Thread sender) {
    try {
      sender.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !sender.isAlive();
  }

  /** Whether the next request on the connection gets its own answer. */
  private Observed.Connection goesOn(RawClient client) throws IOException {
    String mark = "/mark-" + marks.incrementAndGet();
    Reply reply;
    try {
      reply = ask(client, mark);
    } catch (IOException e) {
      return Observed.Connection.CLOSED;
    }
    boolean none = reply.end() == Reply.End.CUT || reply.end() == Reply.End.RESET;
    if (none && reply.statusLine().isEmpty()) {
      return Observed.Connection.CLOSED;
    }
    return reply.text().equals("GET " + mark)
        ? Observed.Connection.SAFE
        : Observed.Connection.CONFUSED;
  }

  private Reply ask(RawClient client, String mark) throws IOException {
    return client.exchange(Text.head("GET " + prefix + mark + " HTTP/1.1", Text.HOST, KEY));
  }

  private static String value(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }
}
