package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes the parts of a record one after the other: to measure them, then to write them. */
interface PartsSink {
  void number(long value);

  /** Of any characters, even half a pair of surrogates. */
  void text(String text);

  void bytes(byte[] bytes);

  default void flag(boolean flag) {
    number(flag ? 1 : 0);
  }

  default void duration(Duration duration) {
    number(duration.getSeconds());
    number(duration.getNano());
  }

  default void instant(Instant instant) {
    number(instant.getEpochSecond());
    number(instant.getNano());
  }

  default void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  default void fields(Fields fields) {
    number(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      text(fields.name(i));
      text(fields.value(i));
    }
  }
}
