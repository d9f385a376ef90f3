package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The header fields of a message: in order, lines kept apart, names compared without case.
 *
 * <p>Immutable. There are few fields, so a look through an array is quicker than any map.
 */
public final class Fields {
  /** No field at all. */
  public static final Fields NONE = new Fields(new String[0]);

  private final String[] lines; // name, value, name, value

  private Fields(String[] lines) {
    this.lines = lines;
  }

  /** Of names and values in turn. */
  public static Fields of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    return namesAndValues.length == 0 ? NONE : new Fields(namesAndValues.clone());
  }

  /** Of names and values in turn. */
  public static Fields of(List<String> namesAndValues) {
    if (namesAndValues.size() % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    return namesAndValues.isEmpty() ? NONE : new Fields(namesAndValues.toArray(String[]::new));
  }

  /** How many lines there are. */
  public int size() {
    return lines.length / 2;
  }

  /** The name of the line at this index, as it was written. */
  public String name(int index) {
    return lines[2 * index];
  }

  public String value(int index) {
    return lines[2 * index + 1];
  }

  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /** Whether no line before this one has its name. */
  public boolean isFirst(int index) {
    return indexOf(name(index)) == index;
  }

  /** Hands over all lines, name and value, in order. */
  public void forEach(BiConsumer<String, String> each) {
    for (int i = 0; i < size(); i++) {
      each.accept(name(i), value(i));
    }
  }

  /** The value of the first line of this name. */
  public Optional<String> first(String name) {
    int index = indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(value(index));
  }

  /** The values of all lines of this name, in order. */
  public List<String> all(String name) {
    List<String> values = List.of();
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name)) {
        if (values.isEmpty()) {
          values = new ArrayList<>(2);
        }
        values.add(value(i));
      }
    }
    return values;
  }

  /** All lines of this name as one (RFC 9110 §5.3); empty if there is none. */
  public Optional<String> joined(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  /** The lines whose names pass. */
  public Fields keep(Predicate<String> names) {
    int passing = 0;
    while (passing < size() && names.test(name(passing))) {
      passing++;
    }
    if (passing == size()) {
      return this;
    }
    List<String> kept = new ArrayList<>(lines.length);
    kept.addAll(Arrays.asList(lines).subList(0, 2 * passing));
    for (int i = passing + 1; i < size(); i++) {
      if (names.test(name(i))) {
        kept.add(name(i));
        kept.add(value(i));
      }
    }
    return of(kept);
  }

  /** Without any line of this name. */
  public Fields without(String name) {
    return has(name) ? keep(each -> !each.equalsIgnoreCase(name)) : this;
  }

  /** Without the lines that the others have, name and value. */
  public Fields less(Fields others) {
    if (others.size() == 0) {
      return this;
    }
    List<String> kept = new ArrayList<>(lines.length);
    for (int i = 0; i < size(); i++) {
      if (!others.hasLine(name(i), value(i))) {
        kept.add(name(i));
        kept.add(value(i));
      }
    }
    return of(kept);
  }

  private boolean hasLine(String name, String value) {
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name) && value(i).equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** With one more line at the end. */
  public Fields plus(String name, String value) {
    String[] more = Arrays.copyOf(lines, lines.length + 2);
    more[lines.length] = name;
    more[lines.length + 1] = value;
    return new Fields(more);
  }

  /** With this line in place of all others of the name. */
  public Fields with(String name, String value) {
    return without(name).plus(name, value);
  }

  /** With these lines in place of all others of their names, at the end. */
  public Fields with(Fields more) {
    boolean clashes = false;
    for (int i = 0; i < more.size() && !clashes; i++) {
      clashes = has(more.name(i));
    }
    String[] kept = clashes ? keep(name -> !more.has(name)).lines : lines;
    String[] all = Arrays.copyOf(kept, kept.length + more.lines.length);
    System.arraycopy(more.lines, 0, all, kept.length, more.lines.length);
    return new Fields(all);
  }

  private int indexOf(String name) {
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields fields && Arrays.equals(lines, fields.lines);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lines);
  }

  /** For debugging and tests; values may be secrets, so never for a log. */
  @Override
  public String toString() {
    return Arrays.toString(lines);
  }
}
