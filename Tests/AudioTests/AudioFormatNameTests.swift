import Testing

@testable import Audio

@Suite struct AudioFormatNameTests {
    @Test func commonFormatsHaveTheirShortNames() {
        #expect(audioFormatName(0x01_0002) == "WAV PCM_16")
        #expect(audioFormatName(0x13_0003) == "WAVEX PCM_24")
        #expect(audioFormatName(0x23_0082) == "MPEG MPEG_LAYER_III")
    }

    @Test func byteOrderIsNoPartOfTheName() {
        #expect(audioFormatName(0x2001_0006) == "WAV FLOAT")
    }

    @Test func unknownCodesStandAsNumbers() {
        #expect(audioFormatName(0x0F_0077) == "0xf0000 0x77")
    }
}
