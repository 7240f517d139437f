------------------------------- MODULE Fencing -------------------------------
(***************************************************************************)
(* Exactly once and fencing on Kafka, without Kafka transactions: writers  *)
(* that take a ledger partition over, serve and die; a network that loses, *)
(* repeats and delays their messages; a broker whose tail may be cut; and  *)
(* what every reader makes of the log that comes of it. README.md beside   *)
(* this file has the rules in words, and says how to run it.               *)
(*                                                                         *)
(* The model of tests/adapters/kafka/protocol_model.hpp is the same, action *)
(* for action: both count the same number of distinct states.              *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Writers,    \* so many may come, in the order of their numbers
  Positions,  \* of the queue of submissions; at each the same event
  Losses,     \* so many messages may be lost
  Repeats,    \* so many may land twice, the second copy at any later time
  Cuts,       \* so often a leader dies and the next has less. More than none: a serving writer sees
              \* what is not on every replica yet, as before Kafka 3.7
  TakenAway   \* the numbers of the rules that do not hold

MaxInFlight == 2
Rule(number) == number \notin TakenAway

VARIABLES
  log,          \* the partition
  replicated,   \* so many of its messages are on every replica
  late,         \* second copies on their way
  phase,        \* of each writer: idle, asking, opening, serving, ended
  registered,   \* of each: how much of the register it has applied; 0: the key is unknown
  next,         \* of each: the next position in the queue
  network,      \* of each: what it has sent, and is not in the log
  seen,         \* of each: the messages that it has read
  mind,         \* of each: the entries that it believes in, those in flight included
  receipts, checkpoints,   \* those that have left
  disk,         \* the decider's stored state, where a rule lets it be ahead of the log
  losses, repeats, cuts    \* so many have been
vars == <<log, replicated, late, phase, registered, next, network, seen, mind, receipts,
          checkpoints, disk, losses, repeats, cuts>>

-----------------------------------------------------------------------------
(* Messages. A leaf hash is what it is a hash of. `n` is whom a barrier    *)
(* follows, the size that an opening found, the sequence of an entry.      *)

Message(kind, w, n, leaf, pos, out, reg) ==
  [kind |-> kind, w |-> w, n |-> n, leaf |-> leaf, pos |-> pos, out |-> out, reg |-> reg]
Barrier(w, follows) == Message("barrier", w, follows, <<>>, 0, "none", 0)
Opening(w, size, head) == Message("opening", w, size, head, 0, "none", 0)
Entry(w, sequence, previous, pos, out, reg) ==
  Message("entry", w, sequence, previous, pos, out, reg)

Leaf(entry) == <<entry.leaf, entry.w, entry.pos, entry.out, entry.reg>>
HeadOf(entries) == IF entries = <<>> THEN <<>> ELSE Leaf(entries[Len(entries)])
Of(w, entries) == SelectSeq(entries, LAMBDA entry: entry.w = w)

-----------------------------------------------------------------------------
(* What every reader does: HistoryReader.                                  *)

Reader == [current |-> 0, opened |-> FALSE, torn |-> FALSE, stopped |-> FALSE,
           past |-> {}, returned |-> FALSE, valid |-> <<>>, at |-> <<>>]

TakeBarrier(r, m) ==
  IF Rule(2) /\ m.n # r.current THEN r  \* void
  ELSE [r EXCEPT !.returned = @ \/ (m.w \in r.past /\ m.w # r.current),
                 !.past = @ \cup {m.w},
                 !.current = m.w, !.opened = FALSE, !.torn = FALSE]

TakeOpening(r, m) ==
  IF m.w # r.current \/ r.opened THEN r  \* void
  ELSE [r EXCEPT !.opened = TRUE,
                 !.stopped = m.n # Len(r.valid) \/ m.leaf # HeadOf(r.valid)]

TakeEntry(r, m, offset) ==
  LET served == m.w = r.current /\ r.opened /\ ~r.torn
      continues == m.n = Len(r.valid) /\ m.leaf = HeadOf(r.valid)
      known == \E i \in DOMAIN r.valid : r.valid[i] = m
  IN  CASE ~served /\ Rule(13) -> r  \* void
        [] continues /\ ~(~served /\ Rule(13)) ->
             [r EXCEPT !.valid = Append(@, m), !.at = Append(@, offset)]
        [] OTHER -> IF ~served \/ known THEN r  \* void, or skipped
                    ELSE IF Rule(1) THEN [r EXCEPT !.torn = TRUE]
                    ELSE [r EXCEPT !.stopped = TRUE]

Take(r, m, offset) ==
  CASE m.kind = "barrier" -> TakeBarrier(r, m)
    [] m.kind = "opening" -> TakeOpening(r, m)
    [] m.kind = "entry" -> TakeEntry(r, m, offset)

RECURSIVE TakeFrom(_, _, _)
TakeFrom(r, messages, offset) ==
  IF offset > Len(messages) \/ r.stopped THEN r
  ELSE TakeFrom(Take(r, messages[offset], offset), messages, offset + 1)

Read(messages) == TakeFrom(Reader, messages, 1)

-----------------------------------------------------------------------------
(* The decider in small: one event, accepted once, if the key is known.    *)

Judge(entries, reg) ==
  IF \E i \in DOMAIN entries : entries[i].out = "accepted" THEN "repeated"
  ELSE IF reg = 0 THEN "refused" ELSE "accepted"

Receipt(entry) == [pos |-> entry.pos, out |-> entry.out, leaf |-> Leaf(entry)]
ReceiptsOf(entries) == {Receipt(entries[i]) : i \in DOMAIN entries}

-----------------------------------------------------------------------------
(* Writers.                                                                *)

Lives(w) == phase[w] \in {"asking", "opening", "serving"}

\* It drops what it had in flight, but what it had sent may still land.
End(w) ==
  /\ phase' = [phase EXCEPT ![w] = "ended"]
  /\ registered' = [registered EXCEPT ![w] = 0]
  /\ next' = [next EXCEPT ![w] = 0]
  /\ seen' = [seen EXCEPT ![w] = <<>>]
  /\ mind' = [mind EXCEPT ![w] = <<>>]

MindAtOpening(r) == IF ~Rule(8) /\ Len(disk) > Len(r.valid) THEN disk ELSE r.valid
RegisterAtOpening(reg, r) ==
  IF Rule(6) /\ \E i \in DOMAIN r.valid : r.valid[i].reg > reg THEN 1 ELSE reg

\* Step 1: a new writer reads to the end, and sends its barrier.
TakeOver(w, reg) ==
  LET found == SubSeq(log, 1, replicated)
      r == Read(found)
      barrier == Barrier(w, r.current)
      opening == Opening(w, Len(r.valid), HeadOf(r.valid))
  IN  /\ phase[w] = "idle"
      /\ IF w = 1 THEN TRUE ELSE phase[w - 1] # "idle"
      /\ seen' = [seen EXCEPT ![w] = found]
      /\ IF Rule(12)
         THEN /\ phase' = [phase EXCEPT ![w] = "asking"]
              /\ registered' = [registered EXCEPT ![w] = reg]
              /\ network' = [network EXCEPT ![w] = <<barrier>>]
              /\ UNCHANGED mind
         ELSE /\ phase' = [phase EXCEPT ![w] = "opening"]
              /\ registered' = [registered EXCEPT ![w] = RegisterAtOpening(reg, r)]
              /\ network' = [network EXCEPT ![w] = <<barrier, opening>>]
              /\ mind' = [mind EXCEPT ![w] = MindAtOpening(r)]
      /\ UNCHANGED <<log, replicated, late, next, receipts, checkpoints, disk, losses, repeats,
                     cuts>>

\* Steps 2 and 3: the check (here: of the register only), and the opening.
Open(w, r) ==
  /\ phase' = [phase EXCEPT ![w] = "opening"]
  /\ registered' = [registered EXCEPT ![w] = RegisterAtOpening(@, r)]
  /\ mind' = [mind EXCEPT ![w] = MindAtOpening(r)]
  /\ network' = [network EXCEPT ![w] = Append(@, Opening(w, Len(r.valid), HeadOf(r.valid)))]
  /\ UNCHANGED <<next, checkpoints>>

\* An entry is safe when it is known to be on every replica at the offset at which it was read.
IsReplicated(entry) == \E i \in 1..replicated : log[i] = entry
IsSafe(entry, offset) ==
  CASE ~Rule(9) -> TRUE
    [] Rule(9) /\ ~Rule(10) -> IsReplicated(entry)
    [] OTHER -> offset <= replicated /\ log[offset] = entry
SafeSize(w, r) ==
  CHOOSE size \in 0..Len(r.valid) :
    LET safe(i) == r.valid[i].w # w \/ IsSafe(r.valid[i], r.at[i])
    IN  (\A i \in 1..size : safe(i)) /\ (size = Len(r.valid) \/ ~safe(size + 1))

\* Step 6: what is safe is answered and signed, in sequence.
Answers(w, r) == ReceiptsOf(Of(w, SubSeq(r.valid, 1, SafeSize(w, r))))
Signed(w, r) ==
  LET size == SafeSize(w, r)
  IN  IF Rule(7) /\ size > 0 THEN {[size |-> size, head |-> Leaf(r.valid[size])]} ELSE {}

\* Step 4: receipts of the whole history. And where to go on in the queue.
AnswersAtTakeover(r) == IF Rule(3) THEN ReceiptsOf(r.valid) ELSE {}
FirstUnanswered ==
  CHOOSE pos \in 1..Positions + 1 :
    /\ \A receipt \in receipts : receipt.pos # pos
    /\ \A before \in 1..pos - 1 : \E receipt \in receipts : receipt.pos = before
FirstPosition(w) ==
  IF ~Rule(14) THEN FirstUnanswered
  ELSE IF mind[w] = <<>> THEN 1 ELSE mind[w][Len(mind[w])].pos + 1

AcknowledgedAnswers(w) ==
  IF Rule(11) THEN {}
  ELSE ReceiptsOf(SelectSeq(mind[w], LAMBDA entry: entry.w = w /\ IsReplicated(entry)))

\* A writer reads all there is: to have read less is to have read before the rest was there.
ReadOn(w) ==
  LET visible == IF phase[w] = "serving" /\ Cuts > 0 THEN Len(log) ELSE replicated
      now == seen[w] \o SubSeq(log, Len(seen[w]) + 1, visible)
      r == Read(now)
      met == \E i \in DOMAIN now : now[i].kind = "barrier" /\ now[i].w = w
      early == receipts \cup AcknowledgedAnswers(w)
      answer(more) == /\ receipts' = early \cup more \cup Answers(w, r)
                      /\ checkpoints' = checkpoints \cup Signed(w, r)
      see == seen' = [seen EXCEPT ![w] = now]
  IN  /\ Lives(w)
      /\ CASE ~met -> /\ see
                      /\ receipts' = early
                      /\ UNCHANGED <<phase, registered, next, network, mind, checkpoints>>
           [] met /\ (r.current # w \/ r.stopped \/ r.torn) ->
                      /\ End(w)
                      /\ receipts' = early
                      /\ UNCHANGED <<network, checkpoints>>
           [] OTHER ->
                CASE phase[w] = "asking" -> see /\ Open(w, r) /\ receipts' = early
                  [] phase[w] = "opening" /\ r.opened ->
                       /\ see
                       /\ phase' = [phase EXCEPT ![w] = "serving"]
                       /\ next' = [next EXCEPT ![w] = FirstPosition(w)]
                       /\ answer(AnswersAtTakeover(r))
                       /\ UNCHANGED <<registered, network, mind>>
                  [] phase[w] = "opening" /\ ~r.opened ->
                       /\ see
                       /\ receipts' = early
                       /\ UNCHANGED <<phase, registered, next, network, mind, checkpoints>>
                  [] phase[w] = "serving" ->
                       /\ see
                       /\ answer({})
                       /\ UNCHANGED <<phase, registered, next, network, mind>>
      /\ UNCHANGED <<log, replicated, late, disk, losses, repeats, cuts>>

\* Step 5: one entry for the next position.
Decide(w) ==
  LET found == Read(seen[w]).valid
      sent == Of(w, mind[w])
      back == Len(Of(w, found))
      out == Judge(mind[w], registered[w])
      entry == Entry(w, Len(found) - back + Len(sent),
                     IF sent = <<>> THEN HeadOf(found) ELSE HeadOf(mind[w]),
                     next[w], out, registered[w])
      first == CHOOSE i \in DOMAIN mind[w] : mind[w][i].out = "accepted"
      only(receipt) == /\ receipts' = receipts \cup {receipt}
                       /\ UNCHANGED <<network, mind, disk, checkpoints>>
      believed == Append(mind[w], entry)
  IN  /\ phase[w] = "serving" /\ next[w] <= Positions
      /\ Len(sent) - back < MaxInFlight
      /\ next' = [next EXCEPT ![w] = @ + 1]
      /\ CASE out = "repeated" /\ ~Rule(4) ->
                only([pos |-> next[w], out |-> out, leaf |-> Leaf(mind[w][first])])
           [] out = "refused" /\ ~Rule(5) -> only([pos |-> next[w], out |-> out, leaf |-> <<>>])
           [] OTHER ->
                /\ network' = [network EXCEPT ![w] = Append(@, entry)]
                /\ mind' = [mind EXCEPT ![w] = believed]
                /\ disk' = IF Rule(8) THEN disk ELSE believed
                /\ checkpoints' = checkpoints \cup
                     (IF Rule(7) THEN {}
                      ELSE {[size |-> Len(believed), head |-> HeadOf(believed)]})
                /\ UNCHANGED receipts
      /\ UNCHANGED <<log, replicated, late, phase, registered, seen, losses, repeats, cuts>>

Crash(w) ==
  /\ Lives(w)
  /\ End(w)
  /\ UNCHANGED <<log, replicated, late, network, receipts, checkpoints, disk, losses, repeats,
                 cuts>>

-----------------------------------------------------------------------------
(* Network and broker.                                                     *)

writersUnchanged == UNCHANGED <<phase, registered, next, seen, mind, receipts, checkpoints, disk>>
Appended(m) ==
  /\ log' = Append(log, m)
  /\ replicated' = IF Cuts > 0 THEN replicated ELSE Len(log) + 1

Land(w) ==
  /\ network[w] # <<>>
  /\ Appended(Head(network[w]))
  /\ network' = [network EXCEPT ![w] = Tail(@)]
  /\ UNCHANGED <<late, losses, repeats, cuts>> /\ writersUnchanged

\* It times out in the client, and a later one lands.
Lose(w) ==
  /\ network[w] # <<>> /\ losses < Losses
  /\ losses' = losses + 1
  /\ network' = [network EXCEPT ![w] = Tail(@)]
  /\ UNCHANGED <<log, replicated, late, repeats, cuts>> /\ writersUnchanged

LandAndStay(w) ==
  /\ network[w] # <<>> /\ repeats < Repeats
  /\ repeats' = repeats + 1
  /\ Appended(Head(network[w]))
  /\ late' = late \cup {Head(network[w])}
  /\ network' = [network EXCEPT ![w] = Tail(@)]
  /\ UNCHANGED <<losses, cuts>> /\ writersUnchanged

LandLate(m) ==
  /\ Appended(m)
  /\ late' = late \ {m}
  /\ UNCHANGED <<network, losses, repeats, cuts>> /\ writersUnchanged

\* The leader dies; producers send again, in their order, what the next leader lacks.
Cut(left) ==
  LET lost == SubSeq(log, left + 1, Len(log))
  IN  /\ cuts < Cuts
      /\ cuts' = cuts + 1
      /\ log' = SubSeq(log, 1, left)
      /\ network' = [w \in 1..Writers |-> Of(w, lost) \o network[w]]
      /\ UNCHANGED <<replicated, late, losses, repeats>> /\ writersUnchanged

Replicate ==
  /\ replicated # Len(log)
  /\ replicated' = Len(log)
  /\ UNCHANGED <<log, late, network, losses, repeats, cuts>> /\ writersUnchanged

-----------------------------------------------------------------------------

Init ==
  /\ log = <<>> /\ replicated = 0 /\ late = {}
  /\ phase = [w \in 1..Writers |-> "idle"]
  /\ registered = [w \in 1..Writers |-> 0]
  /\ next = [w \in 1..Writers |-> 0]
  /\ network = [w \in 1..Writers |-> <<>>]
  /\ seen = [w \in 1..Writers |-> <<>>]
  /\ mind = [w \in 1..Writers |-> <<>>]
  /\ receipts = {} /\ checkpoints = {} /\ disk = <<>>
  /\ losses = 0 /\ repeats = 0 /\ cuts = 0

Next ==
  \/ \E w \in 1..Writers :
       \/ \E reg \in 0..1 : TakeOver(w, reg)
       \/ ReadOn(w) \/ Decide(w) \/ Crash(w)
       \/ Land(w) \/ Lose(w) \/ LandAndStay(w)
  \/ \E m \in late : LandLate(m)
  \/ \E left \in replicated..(Len(log) - 1) : Cut(left)
  \/ Replicate

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold in every state, of the history that a reader finds.      *)

History == Read(log).valid

NoReaderStops == ~Read(log).stopped
ReplacedStaysReplaced == ~Read(log).returned
UnbrokenChain ==
  LET valid == History
  IN  \A i \in DOMAIN valid :
        valid[i].n = i - 1 /\ valid[i].leaf = HeadOf(SubSeq(valid, 1, i - 1))
AcceptedOnce ==
  LET valid == History
  IN  Cardinality({i \in DOMAIN valid : valid[i].out = "accepted"}) <= 1
OneEntryAPosition == LET valid == History IN \A i \in DOMAIN valid : valid[i].pos = i
RegisterNeverGoesBack ==
  LET valid == History
  IN  \A i \in DOMAIN valid : i > 1 => valid[i - 1].reg <= valid[i].reg
DecidedAgainTheSame ==
  LET valid == History
  IN  \A i \in DOMAIN valid : Judge(SubSeq(valid, 1, i - 1), valid[i].reg) = valid[i].out
ReceiptsAreTrue ==
  LET valid == History
  IN  \A receipt \in receipts :
        receipt.leaf # <<>> => \E i \in DOMAIN valid : Leaf(valid[i]) = receipt.leaf
OneAnswerAPosition == \A a, b \in receipts : a.pos = b.pos => a = b
OneRootASize ==
  LET valid == History
  IN  \A c \in checkpoints : c.size <= Len(valid) /\ c.head = Leaf(valid[c.size])
AnsweredWhenQuiet ==
  LET valid == History
  IN  Cuts = 0 =>
        \A w \in 1..Writers :
          (/\ phase[w] = "serving" /\ seen[w] = log /\ network[w] = <<>>
           /\ next[w] > Positions /\ mind[w] = valid)
          => ReceiptsOf(valid) \subseteq receipts
=============================================================================
