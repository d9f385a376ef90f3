package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private static final Fields FIELDS = Fields.of("A", "1", "B", "2", "a", "3", "A", "1");

  @Test
  void namesAreFoundInAnyCaseAndInOrder() {
    assertThat(FIELDS.size()).isEqualTo(4);
    assertThat(FIELDS.has("b")).isTrue();
    assertThat(FIELDS.has("c")).isFalse();
    assertThat(FIELDS.first("a")).contains("1");
    assertThat(FIELDS.first("c")).isEmpty();
    assertThat(FIELDS.all("a")).containsExactly("1", "3", "1");
    assertThat(FIELDS.all("c")).isEmpty();
    assertThat(FIELDS.joined("a")).contains("1, 3, 1");
    assertThat(FIELDS.joined("c")).isEmpty();
  }

  @Test
  void linesAreTakenAwayByNameAndValue() {
    assertThat(FIELDS.less(Fields.of("a", "1"))).isEqualTo(Fields.of("B", "2", "a", "3"));
    assertThat(FIELDS.less(Fields.of("A", "2", "B", "1"))).isEqualTo(FIELDS);
    assertThat(FIELDS.less(Fields.NONE)).isSameAs(FIELDS);
    assertThat(FIELDS.less(FIELDS)).isEqualTo(Fields.NONE);
    assertThat(Fields.of("A", "x").less(Fields.of("A", "X"))).isEqualTo(Fields.of("A", "x"));
  }

  @Test
  void linesAreAddedAndReplaced() {
    assertThat(FIELDS.without("A")).isEqualTo(Fields.of("B", "2"));
    assertThat(FIELDS.without("c")).isSameAs(FIELDS);
    assertThat(FIELDS.with("a", "4")).isEqualTo(Fields.of("B", "2", "a", "4"));
    assertThat(Fields.NONE.plus("A", "1").plus("a", "2")).isEqualTo(Fields.of("A", "1", "a", "2"));
    assertThat(FIELDS.keep(name -> true)).isSameAs(FIELDS);
    assertThat(FIELDS.keep("a"::equals)).isEqualTo(Fields.of("a", "3"));
  }

  @Test
  void areEqualIfTheirLinesAre() {
    Fields same = Fields.of(List.of("A", "1", "B", "2", "a", "3", "A", "1"));
    assertThat(same).isEqualTo(FIELDS).hasSameHashCodeAs(FIELDS).hasToString(FIELDS.toString());
    assertThat(FIELDS).isNotEqualTo(Fields.NONE).isNotEqualTo("x");
  }

  @Test
  void comeInPairs() {
    assertThatThrownBy(() -> Fields.of("A")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Fields.of(List.of())).isSameAs(Fields.NONE);
  }
}
