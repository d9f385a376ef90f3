package dev.gatehouse.http;

import java.util.Locale;

/**
 * Goes through one line of {@code #( token [ "=" ( token / quoted-string ) ] )} (RFC 9110 §5.6.1,
 * RFC 9111 §5.2).
 *
 * <p>What does not fit makes the directive before it doubtful, and all that follows in the element:
 * a directive that forbids is believed even there, others are not.
 */
final class DirectiveList {
  private final String line;
  private int at;
  private String name = "";
  private String value = "";
  private boolean hasValue;
  private boolean doubtful;
  private boolean inTrouble; // since the last comma, or (after an endless string) to the end
  private boolean endless;

  DirectiveList(String line) {
    this.line = line;
  }

  /** Moves on to the next directive; false at the end. */
  boolean next() {
    while (at < line.length() && !Token.isTokenChar(line.charAt(at))) {
      char c = line.charAt(at++);
      if (c == ',') {
        inTrouble = endless;
      } else if (!isBlank(c)) {
        inTrouble = true;
      }
    }
    if (at == line.length()) {
      return false;
    }
    doubtful = inTrouble;
    name = token().toLowerCase(Locale.ROOT); // §5.2: matched without case
    value = "";
    hasValue = at < line.length() && line.charAt(at) == '=';
    if (hasValue) {
      at++;
      readValue();
    }
    skipBlanks();
    if (at < line.length() && line.charAt(at) != ',') {
      doubtful = true;
      inTrouble = true;
    }
    return true;
  }

  /** In lower case. */
  String name() {
    return name;
  }

  /** Unquoted; empty if there is none. */
  String value() {
    return value;
  }

  boolean hasValue() {
    return hasValue;
  }

  /** Whether it is not written as it should be, or follows what is not. */
  boolean doubtful() {
    return doubtful;
  }

  private void readValue() {
    if (at < line.length() && line.charAt(at) == '"') {
      quoted();
    } else {
      value = token();
      doubtful |= value.isEmpty();
    }
  }

  /** RFC 9110 §5.6.4. */
  private void quoted() {
    StringBuilder text = new StringBuilder();
    for (int i = at + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        value = text.toString();
        at = i + 1;
        return;
      }
      if (c == '\\' && i + 1 < line.length()) {
        c = line.charAt(++i);
      }
      text.append(c);
    }
    endless = true; // nobody knows where it should have ended, so what is in it is looked at
    inTrouble = true;
    doubtful = true;
    at++;
  }

  private String token() {
    int start = at;
    while (at < line.length() && Token.isTokenChar(line.charAt(at))) {
      at++;
    }
    return line.substring(start, at);
  }

  private void skipBlanks() {
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
