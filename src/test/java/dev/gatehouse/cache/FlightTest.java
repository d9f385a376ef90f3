package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlightTest {
  private static final Head HEAD = new Head(200, Fields.of("A", "b"));

  private final Flight flight = new Flight();
  private final Capture capture = new Capture(100, -1, new CaptureRoom(Long.MAX_VALUE));
  private final List<String> heard = new ArrayList<>();

  @Test
  void whoWaitsIsServedOnceTheHeadIsThere() {
    assertThat(flight.follow(new Waiting("a", true, 0))).isTrue();
    assertThat(flight.hasFollowers()).isTrue();
    assertThat(heard).isEmpty();
    flight.share(() -> HEAD, capture, request -> true);
    assertThat(heard).containsExactly("a served");
    assertThat(flight.hasFollowers()).as("the reader has not joined the capture").isFalse();
    flight.landed();
    assertThat(heard).hasSize(1);
  }

  @Test
  void whoComesLaterIsServedAtOnce() {
    flight.share(() -> HEAD, capture, request -> true);
    assertThat(flight.follow(new Waiting("a", true, 0))).isTrue();
    assertThat(heard).containsExactly("a served");
  }

  @Test
  void readersOfTheCaptureAreFollowersToo() {
    flight.share(() -> HEAD, capture, request -> true);
    assertThat(flight.hasFollowers()).isFalse();
    assertThat(capture.join(new Idle(), 0)).isTrue();
    assertThat(flight.hasFollowers()).isTrue();
  }

  @Test
  void whoDoesNotReadAlongWaitsForTheEnd() {
    assertThat(flight.follow(new Waiting("early", false, 0))).isTrue();
    flight.share(() -> HEAD, capture, request -> true);
    assertThat(flight.follow(new Waiting("late", false, 0))).isTrue();
    assertThat(heard).isEmpty();
    assertThat(flight.hasFollowers()).isTrue();
    flight.landed();
    assertThat(heard).containsExactly("early again", "late again");
  }

  @Test
  void whoIsNotMeantGoesAlone() {
    assertThat(flight.follow(new Waiting("a", true, 0))).isTrue();
    assertThat(flight.follow(new Waiting("b", true, 0))).isTrue();
    flight.share(() -> HEAD, capture, request -> request.has("b"));
    assertThat(flight.follow(new Waiting("c", true, 0))).isTrue();
    assertThat(heard).containsExactly("a alone", "b served", "c alone");
  }

  @Test
  void itsEndIsToldOnceAndNobodyFollowsAfterIt() {
    assertThat(flight.follow(new Waiting("a", true, 0))).isTrue();
    flight.landed();
    flight.landed();
    flight.dissolve();
    assertThat(heard).containsExactly("a again");
    assertThat(flight.follow(new Waiting("b", true, 0))).isFalse();
    assertThat(heard).hasSize(1);
  }

  @Test
  void whereNobodyMayHaveItAllGoAlone() {
    assertThat(flight.follow(new Waiting("a", true, 0))).isTrue();
    assertThat(flight.follow(new Waiting("b", false, 0))).isTrue();
    flight.dissolve();
    assertThat(heard).containsExactly("a alone", "b alone");
    assertThat(flight.follow(new Waiting("c", true, 0))).isFalse();
  }

  @Test
  void whoHasWaitedForTooLongGoesAlone() {
    long soon = Long.MAX_VALUE - 5; // the clock may begin anywhere
    assertThat(flight.follow(new Waiting("a", true, soon))).isTrue();
    assertThat(flight.follow(new Waiting("b", true, soon + 10))).isTrue();
    flight.expire(soon - 1, 10);
    assertThat(heard).isEmpty();
    flight.expire(soon, 10);
    assertThat(heard).containsExactly("a alone");
    flight.expire(soon + 10, 10);
    flight.landed();
    assertThat(heard).containsExactly("a alone", "b alone");
  }

  @Test
  void whoLeavesHearsNothing() {
    Waiting leaving = new Waiting("a", true, 0);
    assertThat(flight.follow(leaving)).isTrue();
    flight.leave(leaving);
    assertThat(flight.hasFollowers()).isFalse();
    flight.landed();
    assertThat(heard).isEmpty();
  }

  @Test
  void whoJoinsWhileItEndsIsToldOnceOrTurnedAway() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2_000; i++) {
        Flight each = new Flight();
        AtomicInteger told = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(2);
        var ending =
            threads.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  each.landed();
                  return true;
                });
        var joining =
            threads.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return each.follow(new Counting(told));
                });
        assertThat(ending.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(told.get()).isEqualTo(joining.get(30, TimeUnit.SECONDS) ? 1 : 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private record Counting(AtomicInteger told) implements Flight.Follower {
    @Override
    public Fields request() {
      return Fields.NONE;
    }

    @Override
    public boolean readsAlong() {
      return true;
    }

    @Override
    public long deadlineNanos() {
      return 0;
    }

    @Override
    public void serve(Head head, Capture body) {
      told.incrementAndGet();
    }

    @Override
    public void again() {
      told.incrementAndGet();
    }

    @Override
    public void alone() {
      told.incrementAndGet();
    }
  }

  private final class Waiting implements Flight.Follower {
    private final String name;
    private final boolean along;
    private final long deadline;

    Waiting(String name, boolean along, long deadline) {
      this.name = name;
      this.along = along;
      this.deadline = deadline;
    }

    @Override
    public Fields request() {
      return Fields.of(name, "");
    }

    @Override
    public boolean readsAlong() {
      return along;
    }

    @Override
    public long deadlineNanos() {
      return deadline;
    }

    @Override
    public void serve(Head head, Capture body) {
      assertThat(head).isEqualTo(HEAD);
      assertThat(body).isSameAs(capture);
      heard.add(name + " served");
    }

    @Override
    public void again() {
      heard.add(name + " again");
    }

    @Override
    public void alone() {
      heard.add(name + " alone");
    }
  }

  /** One who reads nothing. */
  private static final class Idle extends Readers.Reader {
    @Override
    void more() {}

    @Override
    void lost() {}
  }
}
