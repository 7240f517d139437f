package foreign

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// TestNoteOpensCheckpointsWhileTheOperatorsKeysTurn: who has one of two live keys opens a note that both signed; who has only
// the first opens nothing that was signed after it was revoked, and is told that no key is known, not that the note is altered.
func TestNoteOpensCheckpointsWhileTheOperatorsKeysTurn(t *testing.T) {
	read := func(name string) []byte {
		return must[[]byte](t)(os.ReadFile(filepath.Join(setting(t, "TURNED"), name)))
	}
	rows := []struct {
		note, key string
		opens     bool
	}{
		{"both.note", "first.key", true},
		{"both.note", "second.key", true},
		{"after.note", "second.key", true},
		{"after.note", "first.key", false},
	}
	for _, row := range rows {
		t.Run(row.note+" by "+row.key, func(t *testing.T) {
			verifier := must[note.Verifier](t)(note.NewVerifier(strings.TrimSpace(string(read(row.key)))))
			opened, err := note.Open(read(row.note), note.VerifierList(verifier))
			var unverified *note.UnverifiedNoteError
			switch {
			case row.opens && err != nil:
				t.Fatal(err)
			case row.opens && len(opened.Sigs) != 1:
				t.Fatalf("%d signatures are known", len(opened.Sigs))
			case !row.opens && !errors.As(err, &unverified):
				t.Fatalf("opened by a key that did not sign it: %v", err)
			}
		})
	}
}
