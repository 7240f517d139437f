package foreign

import (
	"bufio"
	"crypto/ed25519"
	"encoding/base64"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/mod/sumdb/note"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

const origin = "northshire/register"

func run(t *testing.T, program string, words ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, words...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(words, " "), err, out)
	}
	return string(out)
}

// refused runs what must end with exit code 1, and gives what it says.
func refused(t *testing.T, program string, words ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, words...)
	out, err := command.CombinedOutput()
	if err == nil || command.ProcessState.ExitCode() != 1 {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(words, " "), err, out)
	}
	return string(out)
}

// sshAgent holds a witness's key for litewitness, which takes it from nowhere else.
func sshAgent(t *testing.T, key ed25519.PrivateKey) string {
	keys := agent.NewKeyring()
	if err := keys.Add(agent.AddedKey{PrivateKey: key}); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(must[string](t)(os.MkdirTemp("", "agent")), "s")
	t.Cleanup(func() { os.RemoveAll(filepath.Dir(socket)) })
	listener := must[net.Listener](t)(net.Listen("unix", socket))
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go agent.ServeAgent(keys, connection)
		}
	}()
	return socket
}

// tellOfLog makes the rows that `witnessctl add-log` and `add-key` make. (That program needs a module
// that some proxies do not serve.)
func tellOfLog(t *testing.T, db, key string) {
	connection := must[*sqlite.Conn](t)(sqlite.OpenConn(db))
	defer connection.Close()
	if err := sqlitex.ExecScript(connection, `
		CREATE TABLE log (origin TEXT PRIMARY KEY, tree_size INTEGER NOT NULL, tree_hash TEXT NOT NULL);
		CREATE TABLE key (origin TEXT NOT NULL, key TEXT NOT NULL, FOREIGN KEY(origin) REFERENCES log(origin));
	`); err != nil {
		t.Fatal(err)
	}
	empty := base64.StdEncoding.EncodeToString(rfc6962.DefaultHasher.EmptyRoot())
	for query, words := range map[string][]any{
		"INSERT INTO log VALUES (?, 0, ?)": {origin, empty},
		"INSERT INTO key VALUES (?, ?)":    {origin, key},
	} {
		if err := sqlitex.Execute(connection, query, &sqlitex.ExecOptions{Args: words}); err != nil {
			t.Fatal(err)
		}
	}
}

// litewitness starts torchwood's witness, told of our log, and gives its address and key.
func litewitness(t *testing.T) (url, key string) {
	db := filepath.Join(t.TempDir(), "litewitness.db")
	tellOfLog(t, db, verifierKey(t))
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	fingerprint := ssh.FingerprintSHA256(must[ssh.PublicKey](t)(ssh.NewPublicKey(public)))
	free := must[net.Listener](t)(net.Listen("tcp", "127.0.0.1:0"))
	address := free.Addr().String()
	free.Close()
	witness := exec.Command(setting(t, "LITEWITNESS"), "-db", db, "-name", "witness.example/lite",
		"-ssh-agent", sshAgent(t, private), "-key", fingerprint, "-listen", address)
	said := must[interface{ Read([]byte) (int, error) }](t)(stderrOf(witness))
	if err := witness.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		witness.Process.Kill()
		witness.Wait()
	})
	lines := bufio.NewScanner(said)
	named := regexp.MustCompile(`vkey=\"?([^ "]+)`)
	for lines.Scan() {
		if found := named.FindStringSubmatch(lines.Text()); found != nil {
			key = found[1]
			break
		}
	}
	go func() {
		for lines.Scan() {
		}
	}()
	if key == "" {
		t.Fatal("litewitness has not said its key")
	}
	for attempt := 0; attempt < 200; attempt++ {
		if connection, err := net.Dial("tcp", address); err == nil {
			connection.Close()
			return "http://" + address, key
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("litewitness does not listen")
	return
}

func stderrOf(command *exec.Cmd) (interface{ Read([]byte) (int, error) }, error) {
	return command.StderrPipe()
}

// signedByLog is a policy: the log's key, and its origin.
func signedByLog(t *testing.T) torchwood.Policy {
	log := must[note.Verifier](t)(torchwood.NewLogVerifier(verifierKey(t)))
	return torchwood.ThresholdPolicy(2, torchwood.SingleVerifierPolicy(log), torchwood.OriginPolicy(log.Name()))
}

// cosignedBy is a policy: the log, and this witness.
func cosignedBy(t *testing.T, witness string) torchwood.Policy {
	cosigner := must[*torchwood.CosignatureVerifier](t)(torchwood.NewCosignatureVerifier(witness))
	return torchwood.ThresholdPolicy(2, signedByLog(t), torchwood.SingleVerifierPolicy(cosigner))
}

func published(t *testing.T, ledger string) []byte {
	return must[[]byte](t)(os.ReadFile(filepath.Join(ledger, "checkpoints", "register.published")))
}

func grow(t *testing.T, ledger, event string) {
	run(t, setting(t, "PROGRAM"), "submit", filepath.Join(setting(t, "EVENTS"), event), "--assign-ids", "--quiet",
		"--ledger", ledger, "--key", filepath.Join(ledger, "keys", "operator.pem"))
}

func copyLedger(t *testing.T) string {
	ledger := filepath.Join(t.TempDir(), "ledger")
	if err := os.CopyFS(ledger, os.DirFS(setting(t, "LEDGER_COPY"))); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(ledger, "keys", "operator.pem")
	if err := os.Chmod(key, 0o600); err != nil {
		t.Fatal(err)
	}
	return ledger
}

func TestLitewitnessCosignsOurCheckpointsAsTheyGrowAndRefusesAFork(t *testing.T) {
	braid := setting(t, "PROGRAM")
	ledger, forked := copyLedger(t), copyLedger(t)
	url, key := litewitness(t)
	cosign := func(ledger string) []string {
		return []string{"audit", "cosign", "--ledger", ledger, "--partition", "register", "--witness", key, "--push", url}
	}
	run(t, braid, cosign(ledger)...)
	first, _, err := torchwood.VerifyCheckpoint(published(t, ledger), cosignedBy(t, key))
	if err != nil {
		t.Fatal(err)
	}
	grow(t, ledger, "one.ndjson")
	run(t, braid, cosign(ledger)...)
	second, _, err := torchwood.VerifyCheckpoint(published(t, ledger), cosignedBy(t, key))
	if err != nil || second.N <= first.N {
		t.Fatalf("%d, then %d entries: %v", first.N, second.N, err)
	}
	run(t, braid, "audit", "verify", "--ledger", ledger, "--partition", "register", "--witness", key, "--require", "1")

	grow(t, forked, "another.ndjson")
	grow(t, forked, "one.ndjson")
	if said := refused(t, braid, cosign(forked)...); !strings.Contains(said, "does not cosign") {
		t.Fatal(said)
	}
}

func TestTorchwoodVerifiesWhatOurWitnessCosigns(t *testing.T) {
	braid, folder := setting(t, "PROGRAM"), t.TempDir()
	pem, cosigned := filepath.Join(folder, "witness.pem"), filepath.Join(folder, "cosigned")
	run(t, braid, "key", "new", pem)
	who := []string{"audit", "witness", "--key", pem, "--name", "witness.example/ours"}
	key := strings.TrimSpace(run(t, braid, append(who, "--witness-key")...))
	look := func(of place) []string {
		return append(append([]string{}, who...), "--of", string(of), "--log-key", verifierKey(t), "--state",
			filepath.Join(folder, "state"), "--to", cosigned)
	}
	policy := cosignedBy(t, key)
	for _, of := range []place{place(setting(t, "EARLIER")), exported(t), place(setting(t, "URL"))} {
		run(t, braid, look(of)...)
		signed := must[[]byte](t)(os.ReadFile(cosigned))
		if _, _, err := torchwood.VerifyCheckpoint(signed, policy); err != nil {
			t.Fatalf("%s: %v", of, err)
		}
		at := len(signed) - 20 // within the cosignature
		signed[at] ^= 3
		if _, _, err := torchwood.VerifyCheckpoint(signed, policy); err == nil {
			t.Fatal("an altered cosignature passes")
		}
	}
	if said := refused(t, braid, look(place(setting(t, "EARLIER")))...); !strings.Contains(said, "was cosigned before") {
		t.Fatal(said)
	}
	other := strings.TrimSpace(run(t, braid, "audit", "witness", "--key", pem, "--name", "witness.example/other", "--witness-key"))
	if _, _, err := torchwood.VerifyCheckpoint(must[[]byte](t)(os.ReadFile(cosigned)), cosignedBy(t, other)); err == nil {
		t.Fatal("a cosignature passes for a witness of another name")
	}
}

func TestOurWitnessRefusesAForkAndKeepsBothNotes(t *testing.T) {
	braid, folder := setting(t, "PROGRAM"), t.TempDir()
	ledger, forked := copyLedger(t), copyLedger(t)
	grow(t, ledger, "one.ndjson")
	grow(t, forked, "another.ndjson")
	pem := filepath.Join(folder, "witness.pem")
	run(t, braid, "key", "new", pem)
	state := filepath.Join(folder, "state")
	look := func(ledger string) []string {
		out := ledger + ".export"
		run(t, braid, "audit", "export", out, "--ledger", ledger)
		return []string{"audit", "witness", "--key", pem, "--name", "witness.example/ours", "--of",
			filepath.Join(out, "register"), "--log-key", verifierKey(t), "--state", state}
	}
	run(t, braid, look(ledger)...)
	said := refused(t, braid, look(forked)...)
	if !strings.Contains(said, "has signed two histories") {
		t.Fatal(said)
	}
	proofs := must[[]string](t)(filepath.Glob(filepath.Join(state, "*.fork")))
	if len(proofs) != 1 {
		t.Fatalf("the proof of the fork is not kept: %v", proofs)
	}
	log := verifierKey(t)
	kept := strings.Split(string(must[[]byte](t)(os.ReadFile(proofs[0]))), "=\n"+origin)
	if len(kept) != 2 {
		t.Fatalf("two notes are kept, not %d", len(kept))
	}
	one, err := treeOf([]byte(kept[0]), log)
	two, err2 := treeOf([]byte(origin+kept[1]), log)
	if err != nil || err2 != nil || one.N != two.N || one.Hash == two.Hash {
		t.Fatalf("they prove no fork: %v, %v, %v, %v", one, two, err, err2)
	}
}
