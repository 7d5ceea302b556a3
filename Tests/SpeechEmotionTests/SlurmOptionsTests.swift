import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct SlurmOptionsTests {
    @Test func whatSlurmUnderstandsIsTaken() throws {
        for time in ["90", "90:30", "2:00:00", "1-12", "1-12:30", "1-12:30:00"] {
            #expect(try SlurmOptions(array: 8, time: time).time == time)
        }
        for partition in ["main", "gpu-long,cpu", "a.b_c"] {
            #expect(try SlurmOptions(array: 8, partition: partition).partition == partition)
        }
        for memory in ["4G", "4096", "500M"] { #expect(try SlurmOptions(array: 1, memory: memory).memory == memory) }
    }

    @Test func whatWouldBeAnotherOptionOrAnotherLineIsRefused() {
        let partitions = ["", "-x", "a b", "a\n#SBATCH --wrap=x", "a;b", "$(x)", "é", "a=b", ",a"]
        for partition in partitions {
            #expect(throws: SlurmError.self, "\(partition)") { try SlurmOptions(array: 8, partition: partition) }
        }
        for time in ["", "now", "1:2:3:4", "-1", "1-", "90\n#SBATCH --uid=0", "90 --x", "٣"] {
            #expect(throws: SlurmError.self, "\(time)") { try SlurmOptions(array: 8, time: time) }
        }
        for memory in ["", "4 G", "-4", "4GB", "4\n"] {
            #expect(throws: SlurmError.self, "\(memory)") { try SlurmOptions(array: 8, memory: memory) }
        }
    }

    @Test func numbersHaveBounds() throws {
        for array in [0, -1, 10_001] { #expect(throws: SlurmError.self) { try SlurmOptions(array: array) } }
        #expect(throws: SlurmError.self) { try SlurmOptions(array: 8, trainArray: 0) }
        #expect(throws: SlurmError.self) { try SlurmOptions(array: 8, processors: 0) }
        expectDiagnosis(
            """
            Slurm cannot take this option
              where:    --partition
              found:    "a\\n#SBATCH --uid=0"
              expected: names of partitions, with commas between them: letters, digits, hyphens, dots and underscores
              try:      timbre slurm --help
            """, exit: .usage
        ) { try SlurmOptions(array: 8, partition: "a\n#SBATCH --uid=0") }
    }
}
