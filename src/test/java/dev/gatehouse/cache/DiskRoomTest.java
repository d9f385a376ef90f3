package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskRoomTest {
  private final AtomicLong usable = new AtomicLong(1L << 30);
  private final AtomicLong nanos = new AtomicLong();
  private final DiskRoom room = new DiskRoom(usable::get, nanos::get);

  @Test
  void itIsAskedForEverySecond() {
    assertThat(room.isEnough()).isTrue();
    usable.set(1000);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(room.isEnough()).isTrue();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(room.isEnough()).isFalse();
    usable.set(1L << 30);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(room.isEnough()).isTrue();
  }

  @Test
  void itIsAskedForWhenAllThatWasLeftIsTaken() {
    usable.set(1000);
    room.taken(1 << 20);
    assertThat(room.isEnough()).isTrue();
    room.taken(Integer.MAX_VALUE);
    assertThat(room.isEnough()).isFalse();
  }
}
