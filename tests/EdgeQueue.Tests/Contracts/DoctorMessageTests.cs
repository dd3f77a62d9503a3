using System.Text;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Tests.Contracts;

/// <summary>A question to a unit and its answer: bounded on every side, because a device may be somebody else's by now.</summary>
public sealed class DoctorMessageTests
{
    private const string Id = "c9a1f0e27d5b4a38b6c3d2e1f0a99871";

    [Theory]
    [InlineData("""{"v":1,"id":"c9a1f0e27d5b4a38b6c3d2e1f0a99871"}""", true)]
    [InlineData("""{"v":1,"id":"c9a1f0e27d5b4a38b6c3d2e1f0a99871","try":true,"further":1}""", true)]
    [InlineData("""{"v":2,"id":"c9a1f0e27d5b4a38b6c3d2e1f0a99871"}""", false)]
    [InlineData("""{"v":1,"id":"C9A1F0E27D5B4A38B6C3D2E1F0A99871"}""", false)]
    [InlineData("""{"v":1,"id":"c9a1"}""", false)]
    [InlineData("""{"v":1}""", false)]
    [InlineData("""{"v":1,"id":"c9a1f0e27d5b4a38b6c3d2e1f0a99871","languages":["nb",null]}""", false)]
    [InlineData("", false)]
    public void A_question_has_a_version_and_an_id(string payload, bool taken)
    {
        Assert.Equal(taken, DoctorAsk.TryRead(Encoding.UTF8.GetBytes(payload), out _, out string? fault));
        Assert.Equal(taken, fault is null);
    }

    [Fact]
    public void A_question_that_is_too_long_is_none()
    {
        byte[] languages = ContractJson.Write(new DoctorAsk(1, Id, true, [.. Enumerable.Repeat("nb", 17)]));
        byte[] padded = [.. ContractJson.Write(new DoctorAsk(1, Id)), .. Enumerable.Repeat((byte)' ', DoctorAsk.LongestInBytes)];

        Assert.False(DoctorAsk.TryRead(languages, out _, out _));
        Assert.False(DoctorAsk.TryRead(padded, out _, out _));
    }

    [Fact]
    public void The_longest_answer_fits_and_says_what_it_left_out()
    {
        Finding[] many = [.. Enumerable.Range(0, 30).Select(_ => new Finding(new string('語', 99), Health.Broken, new string('語', 999), new string('語', 999)))];

        var answer = DoctorAnswer.Of(Id, many);
        byte[] bytes = ContractJson.Write(answer);

        Assert.True(bytes.Length <= DoctorAnswer.LongestInBytes, $"{bytes.Length} bytes");
        Assert.Equal((24, 6), (answer.Findings.Count, answer.More));
        Assert.EndsWith("…", answer.Findings[0].Sentence, StringComparison.Ordinal);
        Assert.True(DoctorAnswer.TryRead(bytes, out DoctorAnswer? read, out _));
        Assert.Equal(answer.Findings, read.Findings);
    }

    [Fact]
    public void An_answer_beyond_the_bounds_is_none()
    {
        Finding[] many = [.. Enumerable.Repeat(Finding.Well("x", "y"), 25)];
        byte[] padded = [.. ContractJson.Write(DoctorAnswer.Of(Id, [])), .. Enumerable.Repeat((byte)' ', DoctorAnswer.LongestInBytes)];

        Assert.False(DoctorAnswer.TryRead(ContractJson.Write(new DoctorAnswer(1, Id, true, many)), out _, out _));
        Assert.False(DoctorAnswer.TryRead(padded, out _, out _));
        Assert.False(DoctorAnswer.TryRead("""{"v":1,"id":"1","done":true,"findings":[null]}"""u8, out _, out _));
    }

    [Fact]
    public void What_a_terminal_would_obey_is_taken_out_of_an_answer()
    {
        // Clears the screen; turns the direction of writing; begins a new line.
        byte[] bytes = ContractJson.Write(new DoctorAnswer(1, Id, true, [new Finding("disk", Health.Well, "\e[2Jall is \u202ewell\nok    link", null)]));

        Assert.True(DoctorAnswer.TryRead(bytes, out DoctorAnswer? read, out _));
        Assert.Equal(" [2Jall is  well ok    link", read.Findings[0].Sentence);
    }

    [Fact]
    public void A_test_phrase_is_said_in_the_languages_that_have_words_and_else_in_English()
    {
        Assert.Equal(["uk", "nb"], SoundTest.In(["uk", "xx", "nb", "uk"]).Keys);
        Assert.Equal(["en"], SoundTest.In(["xx"]).Keys);
        Assert.Equal(Languages.Codes.Order(StringComparer.Ordinal), SoundTest.In(Languages.Codes).Keys.Order(StringComparer.Ordinal));
    }
}
