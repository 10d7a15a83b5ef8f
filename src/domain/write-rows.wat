;; Writes rows of logs from hex digits, 32 digits at a time. `row-program.ts` says where everything lies, and holds
;; the compiled bytes; `row-writer.ts` does the same without it.
(module
  (memory (export "memory") 3)

  ;; 0 as long as every digit was one, and 0x stood where it should.
  (global $strays (mut i32) (i32.const 0))

  ;; Reads 32 digits and writes 16 bytes. Written out for both halves: a call costs as much as the work of one.
  (func $write16 (param $from i32) (param $to i32)
    (local $early v128) (local $late v128) (local $earlyLetters v128) (local $lateLetters v128)
    (local.set $early (v128.load (local.get $from)))
    (local.set $late (v128.load offset=16 (local.get $from)))
    (local.set $earlyLetters (i8x16.lt_u
      (i8x16.sub
        (v128.or (local.get $early) (v128.const i8x16 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20))
        (v128.const i8x16 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61))
      (v128.const i8x16 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6)))
    (local.set $lateLetters (i8x16.lt_u
      (i8x16.sub
        (v128.or (local.get $late) (v128.const i8x16 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20))
        (v128.const i8x16 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61 0x61))
      (v128.const i8x16 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6)))
    (if
      (i32.eqz (i8x16.all_true (v128.and
        (v128.or
          (local.get $earlyLetters)
          (i8x16.lt_u
            (i8x16.sub (local.get $early) (v128.const i8x16 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30))
            (v128.const i8x16 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10)))
        (v128.or
          (local.get $lateLetters)
          (i8x16.lt_u
            (i8x16.sub (local.get $late) (v128.const i8x16 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30 0x30))
            (v128.const i8x16 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10))))))
      (then (global.set $strays (i32.const 1))))
    ;; The value of each digit.
    (local.set $early (i8x16.add
      (v128.and (local.get $early) (v128.const i8x16 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f))
      (v128.and (local.get $earlyLetters) (v128.const i8x16 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9))))
    (local.set $late (i8x16.add
      (v128.and (local.get $late) (v128.const i8x16 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f 0x0f))
      (v128.and (local.get $lateLetters) (v128.const i8x16 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9))))
    ;; Two values in one byte, which is every second one.
    (v128.store (local.get $to) (i8x16.narrow_i16x8_u
      (v128.and
        (v128.or (i16x8.shl (local.get $early) (i32.const 4)) (i16x8.shr_u (local.get $early) (i32.const 8)))
        (v128.const i16x8 0xff 0xff 0xff 0xff 0xff 0xff 0xff 0xff))
      (v128.and
        (v128.or (i16x8.shl (local.get $late) (i32.const 4)) (i16x8.shr_u (local.get $late) (i32.const 8)))
        (v128.const i16x8 0xff 0xff 0xff 0xff 0xff 0xff 0xff 0xff)))))

  (func $write32 (param $from i32) (param $to i32)
    (call $write16 (local.get $from) (local.get $to))
    (call $write16 (i32.add (local.get $from) (i32.const 32)) (i32.add (local.get $to) (i32.const 16))))

  ;; The value of one digit.
  (func $value (param $at i32) (result i32)
    (local $code i32)
    (local.set $code (i32.load8_u (local.get $at)))
    (if (i32.lt_u (i32.sub (local.get $code) (i32.const 0x30)) (i32.const 10))
      (then (return (i32.sub (local.get $code) (i32.const 0x30)))))
    (local.set $code (i32.sub (i32.or (local.get $code) (i32.const 0x20)) (i32.const 0x61)))
    (if (i32.ge_u (local.get $code) (i32.const 6))
      (then (global.set $strays (i32.const 1))))
    (i32.add (local.get $code) (i32.const 10)))

  (func $readPrefix (param $at i32)
    (if (i32.ne (i32.load16_u (local.get $at)) (i32.const 0x7830))
      (then (global.set $strays (i32.const 1)))))

  ;; Writes one topic. The place after it.
  (func $writeTopic (param $from i32) (param $to i32) (param $start i32) (param $bit i32) (result i32)
    (call $readPrefix (local.get $from))
    (call $write32 (i32.add (local.get $from) (i32.const 2)) (local.get $to))
    (if (i64.ne (i64.load (local.get $to)) (i64.const 0))
      (then (return (i32.add (local.get $to) (i32.const 32)))))
    (if (i32.load offset=8 (local.get $to))
      (then (return (i32.add (local.get $to) (i32.const 32)))))
    ;; Twelve zero bytes stand before an address, and are left out.
    (v128.store (local.get $to) (v128.load offset=12 (local.get $to)))
    (i32.store offset=16 (local.get $to) (i32.load offset=28 (local.get $to)))
    (i32.store8 offset=14 (local.get $start)
      (i32.or (i32.load8_u offset=14 (local.get $start)) (local.get $bit)))
    (i32.add (local.get $to) (i32.const 20)))

  ;; Writes data of any length. The place after it.
  (func $writeData (param $from i32) (param $to i32) (param $length i32) (result i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $to) (local.get $length)))
    (block $whole
      (loop $more
        (br_if $whole (i32.gt_u (i32.add (local.get $to) (i32.const 16)) (local.get $end)))
        (call $write16 (local.get $from) (local.get $to))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $more)))
    (block $done
      (loop $more
        (br_if $done (i32.ge_u (local.get $to) (local.get $end)))
        (i32.store8 (local.get $to)
          (i32.or
            (i32.shl (call $value (local.get $from)) (i32.const 4))
            (call $value (i32.add (local.get $from) (i32.const 1)))))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $more)))
    (local.get $end))

  ;; Moves the word at this place over its leading zero bytes. The place after it.
  (func $trimWord (param $at i32) (result i32)
    (local $zeros i32) (local $late v128)
    (block $found
      (loop $more
        (br_if $found (i64.ne (i64.load (i32.add (local.get $at) (local.get $zeros))) (i64.const 0)))
        (local.set $zeros (i32.add (local.get $zeros) (i32.const 8)))
        (br_if $more (i32.lt_u (local.get $zeros) (i32.const 32))))
      (return (local.get $at)))
    (local.set $zeros
      (i32.add (local.get $zeros)
        (i32.wrap_i64 (i64.shr_u
          (i64.ctz (i64.load (i32.add (local.get $at) (local.get $zeros))))
          (i64.const 3)))))
    (local.set $late (v128.load offset=16 (i32.add (local.get $at) (local.get $zeros))))
    (v128.store (local.get $at) (v128.load (i32.add (local.get $at) (local.get $zeros))))
    (v128.store offset=16 (local.get $at) (local.get $late))
    (i32.sub (i32.add (local.get $at) (i32.const 32)) (local.get $zeros)))

  ;; Writes the rows of so many logs. The place after them, or 0 when something was no digit.
  (func (export "writeRows") (param $text i32) (param $log i32) (param $count i32) (param $to i32) (result i32)
    (local $start i32) (local $topics i32) (local $bit i32) (local $length i32)
    (global.set $strays (i32.const 0))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $start (local.get $to))
        (i32.store16 (local.get $start) (i32.const 0))
        ;; Block and index, as they stand in a row.
        (i64.store offset=4 (local.get $start) (i64.load (local.get $log)))
        (i32.store16 offset=12 (local.get $start) (i32.load16_u offset=8 (local.get $log)))
        (local.set $topics (i32.load8_u offset=10 (local.get $log)))
        (local.set $length (i32.load offset=12 (local.get $log)))
        (i32.store8 offset=14 (local.get $start) (local.get $topics))
        ;; The contract has 40 digits, so that the second 32 overlap the first.
        (call $readPrefix (local.get $text))
        (call $write16 (i32.add (local.get $text) (i32.const 2)) (i32.add (local.get $start) (i32.const 15)))
        (call $write16 (i32.add (local.get $text) (i32.const 10)) (i32.add (local.get $start) (i32.const 19)))
        (call $readPrefix (i32.add (local.get $text) (i32.const 42)))
        (call $write32 (i32.add (local.get $text) (i32.const 44)) (i32.add (local.get $start) (i32.const 35)))
        (local.set $text (i32.add (local.get $text) (i32.const 108)))
        (local.set $to (i32.add (local.get $start) (i32.const 67)))
        (local.set $bit (i32.const 8))
        (block $topicsDone
          (loop $nextTopic
            (br_if $topicsDone (i32.eqz (local.get $topics)))
            (local.set $to (call $writeTopic (local.get $text) (local.get $to) (local.get $start) (local.get $bit)))
            (local.set $text (i32.add (local.get $text) (i32.const 66)))
            (local.set $bit (i32.shl (local.get $bit) (i32.const 1)))
            (local.set $topics (i32.sub (local.get $topics) (i32.const 1)))
            (br $nextTopic)))
        (call $readPrefix (local.get $text))
        (local.set $text (i32.add (local.get $text) (i32.const 2)))
        (local.set $to (call $writeData (local.get $text) (local.get $to) (local.get $length)))
        (local.set $text (i32.add (local.get $text) (i32.shl (local.get $length) (i32.const 1))))
        (if (i32.eq (local.get $length) (i32.const 32))
          (then
            (local.set $to (call $trimWord (i32.sub (local.get $to) (i32.const 32))))
            (i32.store8 offset=14 (local.get $start)
              (i32.or (i32.load8_u offset=14 (local.get $start)) (i32.const 0x80)))))
        ;; The length of the row is less than 2 ** 16, and its highest byte is written first.
        (i32.store8 offset=2 (local.get $start)
          (i32.shr_u (i32.sub (local.get $to) (local.get $start)) (i32.const 8)))
        (i32.store8 offset=3 (local.get $start) (i32.sub (local.get $to) (local.get $start)))
        (local.set $log (i32.add (local.get $log) (i32.const 16)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (if (result i32) (global.get $strays) (then (i32.const 0)) (else (local.get $to)))))
