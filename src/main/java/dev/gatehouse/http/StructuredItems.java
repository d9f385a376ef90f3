package dev.gatehouse.http;

import dev.gatehouse.http.StructuredDictionary.Other;
import dev.gatehouse.http.StructuredDictionary.Text;
import dev.gatehouse.http.StructuredDictionary.Truth;
import dev.gatehouse.http.StructuredDictionary.Value;
import dev.gatehouse.http.StructuredDictionary.Whole;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Goes through a structured field, item by item (RFC 9651 §4.2.3). Null is what is no such. */
final class StructuredItems {
  private static final int INTEGER_DIGITS = 15; // §3.3.1
  private static final int DECIMAL_DIGITS = 12; // §3.3.2, before the point
  private static final int FRACTION_DIGITS = 3;

  private final String text;
  private int at;

  StructuredItems(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  boolean isBehind(char c) {
    return at > 0 && text.charAt(at - 1) == c;
  }

  /** Whether there was one. */
  boolean skipSpaces() {
    int start = at;
    while (take(' ')) {}
    return at > start;
  }

  /** OWS of RFC 9110 §5.6.3. */
  void skipBlanks() {
    while (take(' ') || take('\t')) {}
  }

  /** §4.2.3.3. */
  @Nullable String key() {
    int start = at;
    if (atEnd() || !(isLower(text.charAt(at)) || text.charAt(at) == '*')) {
      return null;
    }
    while (!atEnd() && isKeyChar(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** §4.2.3.2: reads over them; false if they are not well-formed. */
  boolean parameters() {
    while (take(';')) {
      skipSpaces();
      if (key() == null || (take('=') && bareItem() == null)) {
        return false;
      }
    }
    return true;
  }

  /** §4.2.3.1. */
  @Nullable Value bareItem() {
    if (atEnd()) {
      return null;
    }
    char c = text.charAt(at);
    if (c == '-' || Ascii.isDigit(c)) {
      return number();
    }
    if (c == '*' || isLower(c) || (c >= 'A' && c <= 'Z')) {
      return token();
    }
    at++;
    return switch (c) {
      case '"' -> string();
      case ':' -> bytes();
      case '?' -> take('1') ? new Truth(true) : take('0') ? new Truth(false) : null;
      case '@' -> number() instanceof Whole ? Other.DATE : null;
      case '%' -> take('"') ? displayString() : null;
      default -> null;
    };
  }

  /** §4.2.4. */
  private @Nullable Value number() {
    boolean negative = take('-');
    int start = at;
    int whole = digits();
    if (whole == 0) {
      return null;
    }
    if (take('.')) {
      int fraction = digits();
      boolean fits = fraction >= 1 && fraction <= FRACTION_DIGITS && whole <= DECIMAL_DIGITS;
      return fits ? Other.DECIMAL : null;
    }
    if (whole > INTEGER_DIGITS) {
      return null;
    }
    long number = Long.parseLong(text.substring(start, at));
    return new Whole(negative ? -number : number);
  }

  private int digits() {
    int start = at;
    while (!atEnd() && Ascii.isDigit(text.charAt(at))) {
      at++;
    }
    return at - start;
  }

  /** §4.2.6. */
  private Value token() {
    while (!atEnd()
        && (Token.isTokenChar(text.charAt(at))
            || text.charAt(at) == ':'
            || text.charAt(at) == '/')) {
      at++;
    }
    return Other.TOKEN;
  }

  /** §4.2.5, behind the quote. */
  private @Nullable Value string() {
    StringBuilder string = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return new Text(string.toString());
      }
      if (c == '\\') {
        c = atEnd() ? ' ' : text.charAt(at++);
        if (c != '"' && c != '\\') {
          return null;
        }
      }
      if (c < ' ' || c > '~') {
        return null;
      }
      string.append(c);
    }
    return null;
  }

  /** §4.2.7, behind the colon. */
  private @Nullable Value bytes() {
    int end = text.indexOf(':', at);
    if (end < 0) {
      return null;
    }
    try {
      Base64.getDecoder().decode(text.substring(at, end));
    } catch (IllegalArgumentException e) {
      return null;
    }
    at = end + 1;
    return Other.BYTES;
  }

  /** RFC 9651 §4.2.10, behind the quote. */
  private @Nullable Value displayString() {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return isUtf8(bytes.flip()) ? Other.DISPLAY_STRING : null;
      }
      if (c < ' ' || c > '~') {
        return null;
      }
      if (c == '%') {
        int high = at + 2 <= text.length() ? lowerHex(text.charAt(at)) : -1;
        int low = high < 0 ? -1 : lowerHex(text.charAt(at + 1));
        if (low < 0) {
          return null;
        }
        at += 2;
        bytes.put((byte) (high << 4 | low));
      } else {
        bytes.put((byte) c);
      }
    }
    return null;
  }

  private static boolean isUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static int lowerHex(char c) {
    return Ascii.isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  private static boolean isKeyChar(char c) {
    return isLower(c) || Ascii.isDigit(c) || "_-.*".indexOf(c) >= 0;
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }
}
