import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the demonstration's keys at the first start and does nothing afterwards.
 *
 * <p>Run by {@code java etc/FirstStart.java etc/dev} (a JDK of 17 or later). Starts that overlap
 * wait for each other on a lock, which a killed start gives up; the keys are made in a directory
 * beside and appear by one rename, so that nobody meets half of them.
 */
final class FirstStart {
  private static final String CA_ALIAS = "ca";
  private static final String VALIDITY_DAYS = "3650";
  private static final List<String> FILES =
      List.of(
          "ca.p12",
          "ca.pem",
          "server.p12",
          "backend.p12",
          "keystore.password",
          "admin-key",
          "api-keys");

  private final Path directory;
  private final String httpsPort;
  private final SecureRandom random = new SecureRandom();

  private FirstStart(Path directory, String httpsPort) {
    this.directory = directory;
    this.httpsPort = httpsPort;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 1 || args.length > 2) {
      System.err.println("Usage: java FirstStart.java <directory, such as etc/dev> [<HTTPS port>]");
      System.exit(2);
    }
    try {
      Path directory = Path.of(args[0]).toAbsolutePath().normalize();
      new FirstStart(directory, args.length == 2 ? args[1] : "8443").run();
    } catch (IOException | GeneralSecurityException e) {
      System.err.println("The development keys could not be made in " + args[0] + ": " + e);
      System.exit(1);
    }
  }

  private void run() throws IOException, GeneralSecurityException, InterruptedException {
    if (isComplete()) {
      return;
    }
    Path parent = Files.createDirectories(directory.getParent());
    Path lockFile = parent.resolve("." + directory.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !isComplete()) {
        make(parent);
      }
    }
  }

  private boolean isComplete() {
    return FILES.stream().allMatch(name -> Files.isRegularFile(directory.resolve(name)));
  }

  private void make(Path parent)
      throws IOException, GeneralSecurityException, InterruptedException {
    String prefix = "." + directory.getFileName() + "-";
    removeLeftovers(parent, prefix);
    Path fresh = Files.createTempDirectory(parent, prefix); // readable by its owner only
    char[] password = randomText(32).toCharArray();
    write(fresh.resolve("keystore.password"), new String(password));
    makeKeyStores(fresh, password);
    String adminKey = randomText(32);
    write(fresh.resolve("admin-key"), adminKey + "\n");
    write(fresh.resolve("api-keys"), apiKeys(adminKey));
    protect(fresh);
    moveAside();
    Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
    System.out.println("Made development keys in " + directory);
    System.out.println("Admin key:   " + adminKey + "   (kept in the file admin-key there)");
    System.out.println("Status page: https://127.0.0.1:" + httpsPort + "/_proxy/status");
  }

  /** Removes what a killed start left behind; the lock says that nobody works on it now. */
  private static void removeLeftovers(Path parent, String prefix) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> entries = Files.list(parent)) {
      leftovers =
          entries
              .filter(path -> path.getFileName().toString().startsWith(prefix))
              .filter(Files::isDirectory)
              .toList();
    }
    for (Path leftover : leftovers) {
      try (Stream<Path> tree = Files.walk(leftover)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Keeps an incomplete directory under another name: somebody may have edited what is in it. */
  private void moveAside() throws IOException {
    if (Files.exists(directory)) {
      Path kept =
          Files.createTempDirectory(directory.getParent(), directory.getFileName() + "-old-");
      Files.move(directory, kept.resolve(directory.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      System.out.println(directory + " lacked files and was moved to " + kept);
    }
  }

  private void makeKeyStores(Path fresh, char[] password)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path all = fresh.resolve("all.p12");
    Path passwordFile = fresh.resolve("keystore.password");
    keytool(
        all,
        passwordFile,
        List.of("-alias", CA_ALIAS, "-dname", "CN=Gatehouse development CA"),
        List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign,cRLSign"));
    for (String alias : List.of("server", "backend")) {
      keytool(
          all,
          passwordFile,
          List.of("-alias", alias, "-dname", "CN=localhost,OU=" + alias, "-signer", CA_ALIAS),
          List.of("-ext", "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1"),
          List.of("-ext", "ku:c=digitalSignature", "-ext", "eku=serverAuth"));
    }
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(all)) {
      made.load(in, password);
    }
    for (String alias : List.of(CA_ALIAS, "server", "backend")) {
      KeyStore single = KeyStore.getInstance("PKCS12");
      single.load(null, null);
      Certificate[] chain = made.getCertificateChain(alias);
      single.setKeyEntry(alias, made.getKey(alias, password), password, chain);
      try (OutputStream out = Files.newOutputStream(fresh.resolve(alias + ".p12"))) {
        single.store(out, password);
      }
    }
    write(fresh.resolve("ca.pem"), pem(made.getCertificate(CA_ALIAS)));
    Files.delete(all);
  }

  @SafeVarargs
  private static void keytool(Path store, Path passwordFile, List<String>... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-validity", VALIDITY_DAYS, "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString()));
    command.addAll(List.of("-storepass:file", passwordFile.toString()));
    List.of(options).forEach(command::addAll);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output.strip());
    }
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }

  private static String apiKeys(String adminKey) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(adminKey.getBytes());
    return "demo:test-api-key-123;scopes=proxy\n"
        + ("admin:{sha256}" + HexFormat.of().formatHex(hash) + ";scopes=proxy admin\n");
  }

  /** Text of that many random bytes, safe in a URL, a shell and a password file. */
  private String randomText(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
  }

  private static void protect(Path fresh) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (Stream<Path> files = Files.list(fresh)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
  }
}
