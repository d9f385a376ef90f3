package dev.gatehouse.servlet;

import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.Map;

/** What the listener has built for the filters and servlets, by type. Immutable. */
public final class Parts {
  private static final String ATTRIBUTE = "dev.gatehouse.parts";

  private final Map<Class<?>, Object> parts;

  private Parts(Map<Class<?>, Object> parts) {
    this.parts = parts;
  }

  /** No parts; see {@link #with}. */
  public static Parts none() {
    return new Parts(Map.of());
  }

  /** These parts and one more. */
  public <T> Parts with(Class<T> type, T part) {
    Map<Class<?>, Object> more = new HashMap<>(parts);
    more.put(type, part);
    return new Parts(more);
  }

  /** Leaves the parts where {@link #of} finds them. */
  public void leaveIn(ServletContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  /**
   * The parts that the listener has left.
   *
   * @throws IllegalStateException if it has not started: a wrong web.xml
   */
  public static Parts of(ServletContext context) {
    if (context.getAttribute(ATTRIBUTE) instanceof Parts parts) {
      return parts;
    }
    throw new IllegalStateException("the listener dev.gatehouse.boot.Bootstrap has not started");
  }

  /** Takes the parts away. */
  public static void removeFrom(ServletContext context) {
    context.removeAttribute(ATTRIBUTE);
  }

  /**
   * The part of this type.
   *
   * @throws IllegalStateException if there is none
   */
  public <T> T get(Class<T> type) {
    Object part = parts.get(type);
    if (part == null) {
      throw new IllegalStateException("nothing of type " + type.getName() + " was built");
    }
    return type.cast(part);
  }
}
