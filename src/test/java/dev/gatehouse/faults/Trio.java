package dev.gatehouse.faults;

import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.container.Status;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The three backends of one story: a pool of its own, behind a path of its own. */
final class Trio implements AutoCloseable {
  /** As {@link Settings} has it. */
  static final double HEALTH_INTERVAL_SECONDS = 0.5;

  private final String story;
  private final Ledger ledger = new Ledger();
  private final List<Member> members = Stream.generate(() -> new Member(ledger)).limit(3).toList();
  private final AtomicInteger loads = new AtomicInteger();
  private final Map<String, String> own = new HashMap<>();

  /**
   * For a story with this name.
   *
   * @param own the pool's own parameters, by turns a name without {@code proxy.} and a value
   */
  Trio(String story, String... own) {
    this.story = story;
    for (int i = 0; i < own.length; i += 2) {
      this.own.put("proxy.pool." + story + "." + own[i], own[i + 1]);
    }
  }

  /** One deployment for several stories. */
  static Map<String, String> settings(Map<String, String> common, Trio... trios) {
    Map<String, String> all = new HashMap<>(Settings.of(List.of()));
    all.remove("proxy.backends");
    all.putAll(common);
    for (Trio each : trios) {
      String urls =
          each.members.stream().map(m -> m.url().toString()).collect(Collectors.joining(","));
      all.put("proxy.pool." + each.story + ".backends", urls);
      all.put("proxy.route." + each.story + ".path", "/" + each.story + "/*");
      all.putAll(each.own);
    }
    return all;
  }

  Member first() {
    return members.get(0);
  }

  List<Member> members() {
    return members;
  }

  /** Waits until all three are well, then begins the usual load. */
  Load load(ServerUnderTest server) {
    return load(Load.Plan.usual(server.http().getPort(), story));
  }

  Load load(Load.Plan plan) {
    awaitAvailable(members.size());
    warmUp(plan.port());
    return Load.begin(plan, story + (loads.incrementAndGet() == 1 ? "" : "." + loads));
  }

  /** Ends the load and sets it against what the backends did. */
  Account account(Load load) throws Exception {
    return new Account(story, load.end(), ledger);
  }

  /** Waits until so many take traffic, as the status page says. */
  void awaitAvailable(int count) {
    Await.until(story + ": " + count + " available", () -> available() == count);
  }

  int available() throws IOException {
    return Status.get(ServerUnderTest.current()).json().getJsonArray("pools").stream()
        .map(JsonValue::asJsonObject)
        .filter(pool -> pool.getString("id").equals(story))
        .mapToInt((JsonObject pool) -> pool.getInt("available"))
        .findFirst()
        .orElseThrow();
  }

  /** So that the first requests of a story do not wait for classes to load. */
  private void warmUp(int port) {
    Await.until(
        story + ": an answer",
        () -> {
          try (RawClient client = RawClient.to(port)) {
            return client.get("/" + story + "/warm-up", Settings.KEY_LINE).status() == 200;
          }
        });
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }
}
