package dev.gatehouse.servlet;

import dev.gatehouse.http.Ascii;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HttpDate;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds status and fields until the body begins, and lets one function choose what becomes of both.
 * From then on it is the response itself, but for the stream.
 *
 * <p>One thread at a time uses it, as any response.
 */
public final class HeldResponse extends HttpServletResponseWrapper {
  private final Chooser chooser;
  private List<String> lines = new ArrayList<>(32); // name, value, name, value
  private int status = SC_OK;
  private @Nullable ServletOutputStream stream;

  /** Decides where head and body go. */
  @FunctionalInterface
  public interface Chooser {
    /**
     * The head is complete.
     *
     * @param to gets the head, this one or another
     * @return where the body goes
     */
    ServletOutputStream choose(Head head, HttpServletResponse to) throws IOException;
  }

  /** Asks once, at the first byte, flush or close. */
  public HeldResponse(HttpServletResponse response, Chooser chooser) {
    super(response);
    this.chooser = chooser;
  }

  /** Lets a response go that has no body. */
  public void settle() throws IOException {
    if (stream == null) {
      var unused = getOutputStream();
    }
  }

  /** Whether the choice has been made. */
  public boolean isSettled() {
    return stream != null;
  }

  private HttpServletResponse own() {
    return (HttpServletResponse) getResponse();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream chosen = stream;
    if (chosen == null) {
      Head head = new Head(status, Fields.of(lines));
      chosen = chooser.choose(head, own());
      stream = chosen;
    }
    return chosen;
  }

  @Override
  public PrintWriter getWriter() {
    throw new UnsupportedOperationException("what is forwarded is bytes");
  }

  @Override
  public void flushBuffer() throws IOException {
    settle();
    super.flushBuffer();
  }

  /** What a filter's stream has taken of the body before is not the body of what comes now. */
  @Override
  public void reset() {
    super.reset();
    lines = new ArrayList<>(32);
    status = SC_OK;
    if (stream instanceof BodyStream own) {
      own.drop();
    }
  }

  @Override
  public void setStatus(int code) {
    if (isSettled()) {
      super.setStatus(code);
    } else {
      status = code;
    }
  }

  @Override
  public int getStatus() {
    return isSettled() ? super.getStatus() : status;
  }

  @Override
  public void sendError(int code) throws IOException {
    letContainerAnswer();
    super.sendError(code);
  }

  @Override
  public void sendError(int code, String message) throws IOException {
    letContainerAnswer();
    super.sendError(code, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    letContainerAnswer();
    super.sendRedirect(location);
  }

  /** With the fields that were set, but for what is said of a body that it replaces. */
  private void letContainerAnswer() throws IOException {
    if (!isSettled()) {
      stream = own().getOutputStream();
      Fields held = Fields.of(lines);
      new Head(status, held.keep(name -> !Ascii.lower(name).startsWith("content-"))).sendTo(own());
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (isSettled()) {
      super.setHeader(name, value);
      return;
    }
    for (int i = lines.size() - 2; i >= 0; i -= 2) {
      if (lines.get(i).equalsIgnoreCase(name)) {
        lines.remove(i + 1);
        lines.remove(i);
      }
    }
    addHeader(name, value);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (isSettled()) {
      super.addHeader(name, value);
    } else if (value != null) {
      lines.add(name);
      lines.add(value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long date) {
    setHeader(name, HttpDate.format(Instant.ofEpochMilli(date)));
  }

  @Override
  public void addDateHeader(String name, long date) {
    addHeader(name, HttpDate.format(Instant.ofEpochMilli(date)));
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    if (isSettled()) {
      super.setContentLengthLong(length);
    } else {
      setHeader("Content-Length", Long.toString(length));
    }
  }

  @Override
  public void setContentType(@Nullable String type) {
    if (isSettled()) {
      super.setContentType(type);
    } else {
      setHeader("Content-Type", type);
    }
  }

  @Override
  public @Nullable String getContentType() {
    return isSettled() ? super.getContentType() : getHeader("Content-Type");
  }

  @Override
  public boolean containsHeader(String name) {
    return super.containsHeader(name) || (!isSettled() && getHeader(name) != null);
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (!isSettled()) {
      for (int i = 0; i < lines.size(); i += 2) {
        if (lines.get(i).equalsIgnoreCase(name)) {
          return lines.get(i + 1);
        }
      }
    }
    return super.getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    if (isSettled()) {
      return super.getHeaders(name);
    }
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < lines.size(); i += 2) {
      if (lines.get(i).equalsIgnoreCase(name)) {
        values.add(lines.get(i + 1));
      }
    }
    return values.isEmpty() ? super.getHeaders(name) : values;
  }

  @Override
  public Collection<String> getHeaderNames() {
    if (isSettled()) {
      return super.getHeaderNames();
    }
    TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    LinkedHashSet<String> names = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i += 2) {
      if (known.add(lines.get(i))) {
        names.add(lines.get(i));
      }
    }
    for (String name : super.getHeaderNames()) {
      if (known.add(name)) {
        names.add(name);
      }
    }
    return names;
  }
}
