package dev.gatehouse.faults;

import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One client: asks at an even rate on one connection, and on a new one when that has ended. */
final class LoadClient implements Callable<List<Outcome>> {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long MOST = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int POSTS_OF_TEN = 3;

  private final Load.Plan plan;
  private final String name;
  private final int number;
  private final AtomicBoolean on;
  private final List<Outcome> outcomes = new ArrayList<>();
  private @Nullable RawClient connection;

  /**
   * One of several.
   *
   * @param name the beginning of all ids, of this load alone
   */
  LoadClient(Load.Plan plan, String name, int number, AtomicBoolean on) {
    this.plan = plan;
    this.name = name;
    this.number = number;
    this.on = on;
  }

  @Override
  public List<Outcome> call() throws IOException {
    long begin = System.nanoTime() + number * Math.min(plan.stepNanos(), MOST) / plan.clients();
    for (int i = 0; on.get(); i++) {
      long due = begin + i * plan.stepNanos(); // a late request does not delay those after it
      while (on.get() && due - System.nanoTime() > 0) {
        LockSupport.parkNanos(Math.min(due - System.nanoTime(), MOST));
      }
      if (on.get()) {
        outcomes.add(ask(i, due));
      }
    }
    leave();
    return outcomes;
  }

  private Outcome ask(int i, long due) throws IOException {
    String id = name + "-" + number + "-" + i;
    boolean post = (i * 7 + number) % 10 < POSTS_OF_TEN;
    Outcome.Kind kind;
    int status = 0;
    String detail;
    try {
      RawClient client = connection;
      if (client == null) {
        client = RawClient.to(plan.port()).timeout(PATIENCE);
        connection = client;
      }
      Reply reply = client.exchange(message(id, post, i));
      kind = Outcome.judge(id, reply);
      status = reply.status();
      detail = reply.statusLine() + ", " + reply.end() + " after " + reply.body().length() + " B";
      if (kind == Outcome.Kind.REFUSED && status == 503 && reply.header("Retry-After").isEmpty()) {
        detail += ", no Retry-After";
      }
      if (!reply.isWhole() || closes(reply)) {
        leave();
      }
    } catch (IOException e) {
      kind = Outcome.Kind.BROKEN;
      detail = e.toString();
      leave();
    }
    return new Outcome(id, post, kind, status, due, (System.nanoTime() - due) / 1000, detail);
  }

  private String message(String id, boolean post, int i) {
    String body = post ? Payload.request(id, i) : "";
    return (post ? "POST /" : "GET /")
        + plan.story()
        + "/"
        + id
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + Settings.KEY_LINE
        + "\r\n"
        + Member.ID
        + ": "
        + id
        + (post ? "\r\nContent-Length: " + body.length() : "")
        + "\r\n\r\n"
        + body;
  }

  private static boolean closes(Reply reply) {
    return reply.headers("Connection").stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
  }

  private void leave() throws IOException {
    RawClient client = connection;
    connection = null;
    if (client != null) {
      client.close();
    }
  }
}
