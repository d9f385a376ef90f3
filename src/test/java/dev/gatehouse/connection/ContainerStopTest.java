package dev.gatehouse.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ContainerStopTest {
  private final Server server = new Server();

  /** What a container has. */
  public interface Listener {
    void heard(String word);
  }

  /** What a container tells its listeners, one after the other. */
  static final class Server {
    final List<Listener> listeners = new ArrayList<>();
    boolean keeps;

    void addListener(Listener one) {
      listeners.add(one);
    }

    void removeListener(Listener one) {
      if (keeps) {
        throw new IllegalStateException("not now");
      }
      listeners.remove(one);
    }

    void stop() {
      List.copyOf(listeners).forEach(each -> each.heard("stop"));
    }
  }

  @Test
  void allCopiesBeginTheirEndWhenTheServerDoes() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    List<Boolean> together = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      copy(
          () -> {
            begun.countDown();
            boolean all = await(begun);
            synchronized (together) {
              together.add(all);
            }
          });
    }
    server.stop();
    Await.until("all", () -> together.size() >= 3);
    assertThat(together).containsOnly(true);
  }

  @Test
  void othersAreLeftAlone() throws Exception {
    List<String> told = new ArrayList<>();
    server.addListener(told::add);
    copy(() -> told.add("we end"));
    server.listeners.get(1).heard("start");
    assertThat(told).isEmpty();
    server.stop();
    assertThat(told).containsExactly("stop", "we end");
  }

  @Test
  void aCopyThatCannotBeginKeepsNobodyFromTheEnd() throws Exception {
    List<String> told = new ArrayList<>();
    copy(() -> told.add("we end"));
    ContainerStop.Others broken =
        () -> {
          throw new NoSuchMethodException("findListeners");
        };
    try (LogLines log = new LogLines(ContainerStop.class)) {
      Listener listener =
          (Listener)
              ContainerStop.listener(
                  Listener.class, (method, word) -> true, broken, () -> told.add("so do we"));
      listener.heard("stop");
      assertThat(told).containsExactly("so do we");
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void allListenersAreTakenBackThoughOneCannotBe() throws Exception {
    ContainerStop stop = new ContainerStop();
    Server second = new Server();
    listen(stop, server, () -> {});
    listen(stop, second, () -> {});
    listen(stop, new Server(), () -> {});
    second.keeps = true;
    try (LogLines log = new LogLines(ContainerStop.class)) {
      stop.close();
      assertThat(server.listeners).isEmpty();
      assertThat(log.lines())
          .containsExactly("WARNING a listener of the container's can't be taken back");
    }
  }

  private void copy(Runnable stopping) throws Exception {
    listen(new ContainerStop(), server, stopping);
  }

  private static void listen(ContainerStop stop, Server server, Runnable stopping)
      throws Exception {
    Object listener =
        ContainerStop.listener(
            Listener.class,
            (method, word) -> word.equals("stop"),
            () -> server.listeners,
            stopping);
    stop.listen(server, "Listener", Listener.class, listener);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
