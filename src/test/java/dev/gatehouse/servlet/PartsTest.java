package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Attributes;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;

class PartsTest {
  private final ServletContext context = Attributes.of(ServletContext.class);

  @Test
  void partsAreFoundByTheTypeTheyWereLeftUnder() {
    Parts.none().with(CharSequence.class, "a").with(Integer.class, 1).leaveIn(context);
    assertThat(Parts.of(context).get(CharSequence.class)).isEqualTo("a");
    assertThat(Parts.of(context).get(Integer.class)).isEqualTo(1);
  }

  @Test
  void aPartThatWasNotBuiltIsNamed() {
    Parts.none().with(CharSequence.class, "a").leaveIn(context);
    assertThatThrownBy(() -> Parts.of(context).get(String.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void addingAPartLeavesTheOldOnesAlone() {
    Parts before = Parts.none().with(Integer.class, 1);
    Parts after = before.with(Integer.class, 2);
    assertThat(before.get(Integer.class)).isEqualTo(1);
    assertThat(after.get(Integer.class)).isEqualTo(2);
  }

  @Test
  void withoutTheListenerThereIsAnAnswerAndNotANull() {
    assertThatThrownBy(() -> Parts.of(context))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dev.gatehouse.boot.Bootstrap");
    context.setAttribute("dev.gatehouse.parts", "something else");
    assertThatThrownBy(() -> Parts.of(context)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsLeftBehind() {
    Parts.none().leaveIn(context);
    Parts.removeFrom(context);
    assertThatThrownBy(() -> Parts.of(context)).isInstanceOf(IllegalStateException.class);
  }
}
