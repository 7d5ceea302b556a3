import Foundation
import FuzzTargets

// fuzz-smoke TARGET SECONDS SEED TESTS INPUT: gives a reader its seeds, its finds, and then mutants of them for as many
// seconds of processor time. TESTS is the folder that they lie below; INPUT is written with what the reader is given.
// Without arguments it prints the targets' names.
//
// Prints executions, inputs that the reader took, the longest reading in seconds, and the most that one allocated in bytes.

let arguments = CommandLine.arguments
switch arguments.count {
case 1: FuzzTargets.all.forEach { print($0.name) }
case 6:
    guard let target = FuzzTargets.named(arguments[1]), let seconds = Double(arguments[2]),
        let seed = UInt64(arguments[3])
    else { fatalError("no such target, or no numbers: \(arguments)") }
    let files = try FuzzFiles(of: target.name, tests: URL(fileURLWithPath: arguments[4]))
    precondition(!files.inputs.isEmpty, "\(target.name) has no seeds below \(arguments[4])")
    var test = try SmokeTest(of: target, place: URL(fileURLWithPath: arguments[5]))
    try test.run(files, seed: seed, seconds: seconds)
    print(test.executions, test.taken, test.longestReading, test.largestReading)
default: fatalError("expected TARGET SECONDS SEED TESTS INPUT, or nothing")
}
