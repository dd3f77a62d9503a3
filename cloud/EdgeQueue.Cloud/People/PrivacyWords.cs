using System.Globalization;

namespace EdgeQueue.Cloud.People;

/// <summary>What is kept about people, in one language: a sentence or two for each purpose, with its time.</summary>
/// <param name="Booking">{0} days; {1} days without a name.</param>
/// <param name="Bysms">{0} hours; {1} days without a number.</param>
/// <param name="Web">{0} hours; {1} days.</param>
/// <param name="Followed">{0} hours.</param>
/// <param name="Ready">{0} days; {1} days.</param>
/// <param name="Told">{0} days.</param>
/// <param name="Stop">{0} years.</param>
/// <param name="Survey">{0} days.</param>
internal sealed record PrivacyWords(
    string Language, string Title, string LanguageName, string Booking, string Hash, string Bysms, string Web, string Place, string Followed, string Ready, string Told, string Stop, string Survey, string Where, string Logs, string Rights)
{
    private static readonly PrivacyWords English = new(
        "en", "What is kept about you", "Language",
        "For a booking we keep your name, your phone number and, where you give it, your mail address: to know who comes, to find your booking when you check in, and to write to you about it. They are deleted {0} days after the time of your booking. What was booked when stays for {1} days, without you.",
        "Where you can check in by your phone number, the branch gets a code made from it, from which it cannot be read. Here the code is deleted with your number; in the branch's own record of what happened it stays.",
        "If you take a ticket by SMS, or write us STATUS or CANCEL, your phone number is kept for {0} hours: to answer, and to tell you when it is your turn. The ticket, and that a message came, stay for {1} days, without your number.",
        "If you take a ticket on the web we ask for neither name nor number. A note in your browser (a cookie, {0} hours) sees to it that you have one ticket and not two; the ticket and a code made of the note are deleted after {1} days.",
        "Where a page asks where you are, that is compared with the place of the branch and not kept.",
        "The page of a ticket can be opened for {0} hours. Then what belongs to it is deleted.",
        "To tell you that your documents are ready, your phone number is kept for {0} days. That a case was told stays for {1} days with its number, so that it is told once.",
        "That a message or a mail was sent, what it was about and what came of it is kept for {0} days, without your number and address once those are deleted. Its text is deleted when it has left.",
        "If you write STOP you get no more SMS from us. For that your number is kept, and nothing with it, for {0} years or until you write START; also when all else is deleted.",
        "What you answer after a visit, from 1 to 5 and in your own words, is kept for {0} days, without your name. Please write no names or numbers.",
        "Names, phone numbers and mail addresses are in one table on our server and nowhere else: not in the branch, not on displays, not on the ticket, not in statistics.",
        "The server's own log has no names, of a phone number its last three digits and of a mail address what stands behind the @. When somebody of us looks at what is kept, exports or deletes it, that is written down, without saying of whom. Backups may have what was deleted for as long as they are kept.",
        "You can ask the branch at any time what is kept under your number or mail address, and have it deleted at once.");

    private static readonly PrivacyWords Norwegian = new(
        "nb", "Hva som lagres om deg", "Språk",
        "For en bestilling lagrer vi navnet, telefonnummeret og, om du oppgir den, e-postadressen din: for å vite hvem som kommer, finne bestillingen når du melder deg, og skrive til deg om den. De slettes {0} dager etter timen. Hva som ble bestilt når, blir igjen i {1} dager, uten deg.",
        "Der du kan melde deg med telefonnummeret, får kontoret en kode laget av det, som det ikke kan leses ut av. Her slettes koden sammen med nummeret; i kontorets eget opptegnelse av det som skjedde blir den igjen.",
        "Trekker du kølapp på SMS, eller skriver STATUS eller AVBESTILL til oss, lagres telefonnummeret i {0} timer: for å svare, og si fra når det er din tur. Kølappen, og at det kom en melding, blir igjen i {1} dager, uten nummeret.",
        "Trekker du kølapp på nettet, spør vi verken om navn eller nummer. En lapp i nettleseren (en informasjonskapsel, {0} timer) sørger for at du har én kølapp og ikke to; kølappen og en kode laget av lappen slettes etter {1} dager.",
        "Der en side spør hvor du er, sammenlignes det med stedet der kontoret ligger, og lagres ikke.",
        "Siden til en kølapp kan åpnes i {0} timer. Så slettes det som hører til den.",
        "For å si fra at dokumentene dine er klare, lagres telefonnummeret i {0} dager. At det er sagt fra om en sak, blir igjen i {1} dager med saksnummeret, så det sies én gang.",
        "At en melding eller e-post ble sendt, hva den gjaldt og hva det ble av den, lagres i {0} dager, uten nummer og adresse når de er slettet. Teksten slettes når den er sendt.",
        "Skriver du STOPP, får du ingen flere SMS fra oss. For det lagres nummeret, og ingenting sammen med det, i {0} år eller til du skriver START; også når alt annet slettes.",
        "Det du svarer etter et besøk, fra 1 til 5 og med egne ord, lagres i {0} dager, uten navnet ditt. Skriv ingen navn eller numre, takk.",
        "Navn, telefonnumre og e-postadresser ligger i én tabell på tjeneren vår og ingen andre steder: ikke hos kontoret, ikke på skjermer, ikke på kølappen, ikke i statistikk.",
        "Tjenerens egen logg har ingen navn, av et telefonnummer de tre siste sifrene og av en e-postadresse det som står bak @. Når noen av oss ser på det som er lagret, eksporterer eller sletter det, skrives det ned, uten å si om hvem. Sikkerhetskopier kan ha det som er slettet så lenge de beholdes.",
        "Du kan når som helst spørre kontoret hva som er lagret under nummeret eller e-postadressen din, og få det slettet med en gang.");

    private static readonly PrivacyWords Ukrainian = new(
        "uk", "Що про вас зберігається", "Мова",
        "Для запису ми зберігаємо ваше ім’я, номер телефону та, якщо ви її вкажете, електронну адресу: щоб знати, хто прийде, знайти ваш запис, коли ви зареєструєтеся, і написати вам про нього. Через {0} днів після часу запису їх буде видалено. Те, що і на коли було записано, залишається на {1} днів, без вас.",
        "Де можна зареєструватися за телефоном, відділення отримує код, зроблений із вашого номера, з якого номер не прочитати. Тут код видаляється разом із номером; у власному записі подій відділення він залишається.",
        "Якщо ви берете талон через SMS або пишете нам STATUS чи CANCEL, ваш номер зберігається {0} год: щоб відповісти й сказати, коли ваша черга. Талон і те, що надійшло повідомлення, залишаються на {1} днів, без номера.",
        "Якщо ви берете талон на сайті, ми не питаємо ні імені, ні номера. Позначка у вашому браузері (cookie, {0} год) дбає, щоб у вас був один талон, а не два; талон і код, зроблений із позначки, видаляються через {1} днів.",
        "Де сторінка питає, де ви, це порівнюється з місцем відділення і не зберігається.",
        "Сторінку талона можна відкрити протягом {0} год. Потім те, що до неї належить, видаляється.",
        "Щоб сказати, що ваші документи готові, номер телефону зберігається {0} днів. Те, що про справу повідомлено, залишається на {1} днів разом із її номером, щоб повідомити один раз.",
        "Те, що повідомлення або лист надіслано, про що він і що з ним сталося, зберігається {0} днів, без вашого номера й адреси, щойно їх видалено. Текст видаляється, коли його надіслано.",
        "Якщо ви напишете STOP, ви більше не отримуватимете від нас SMS. Для цього номер, і нічого з ним, зберігається {0} років або доки ви не напишете START; також коли все інше видалено.",
        "Те, що ви відповісте після візиту, від 1 до 5 і своїми словами, зберігається {0} днів, без вашого імені. Будь ласка, не пишіть імен і номерів.",
        "Імена, номери телефонів та електронні адреси — в одній таблиці на нашому сервері й більше ніде: не у відділенні, не на екранах, не на талоні, не в статистиці.",
        "У власному журналі сервера немає імен, від номера телефону — три останні цифри, від електронної адреси — те, що після @. Коли хтось із нас дивиться, вивантажує чи видаляє збережене, це записується, без того, про кого. Резервні копії можуть мати видалене, доки їх зберігають.",
        "Ви можете будь-коли запитати у відділенні, що зберігається за вашим номером чи адресою, і одразу це видалити.");

    private static readonly PrivacyWords Arabic = new(
        "ar", "ما الذي نحفظه عنك", "اللغة",
        "نحفظ للحجز اسمك ورقم هاتفك وبريدك الإلكتروني إن أعطيته: لنعرف من سيأتي، ولنجد حجزك عند تسجيل حضورك، ولنكتب إليك بشأنه. تُحذف بعد {0} أيام من موعد حجزك. ويبقى ما حُجز ومتى مدة {1} يوم، دون أي صلة بك.",
        "حيث يمكن تسجيل الحضور برقم الهاتف يحصل الفرع على رمز مصنوع من رقمك لا يمكن قراءة الرقم منه. هنا يُحذف الرمز مع رقمك، ويبقى في سجل الفرع نفسه لما حدث.",
        "إن أخذت تذكرة برسالة SMS أو كتبت إلينا STATUS أو CANCEL نحفظ رقم هاتفك {0} ساعة: لنجيبك ولنخبرك حين يحين دورك. وتبقى التذكرة وأن رسالة وصلت {1} يومًا، دون رقمك.",
        "إن أخذت تذكرة على الويب فلا نسأل عن اسم ولا رقم. علامة في متصفحك (ملف تعريف ارتباط، {0} ساعة) تجعل لك تذكرة واحدة لا اثنتين، وتُحذف التذكرة ورمز مصنوع من العلامة بعد {1} يومًا.",
        "حيث تسأل صفحة عن مكانك يُقارن بمكان الفرع ولا يُحفظ.",
        "يمكن فتح صفحة التذكرة مدة {0} ساعة، ثم يُحذف ما يخصها.",
        "لنخبرك أن مستنداتك جاهزة نحفظ رقم هاتفك {0} يومًا. ويبقى أننا أخبرنا بشأن معاملة {1} يوم مع رقمها، كي نخبر مرة واحدة.",
        "نحفظ {0} يوم أن رسالة أو بريدًا أُرسل وموضوعه وما آل إليه، دون رقمك وعنوانك متى حُذفا. ويُحذف نصها حين تُرسل.",
        "إن كتبت STOP فلن تصلك منا رسائل SMS. لذلك نحفظ رقمك وحده {0} سنوات أو حتى تكتب START، حتى حين يُحذف كل ما عداه.",
        "ما تجيب به بعد الزيارة، من 1 إلى 5 وبكلماتك، يُحفظ {0} يوم دون اسمك. من فضلك لا تكتب أسماء أو أرقامًا.",
        "الأسماء وأرقام الهواتف وعناوين البريد في جدول واحد على خادمنا وليست في أي مكان آخر: لا في الفرع، ولا على الشاشات، ولا على التذكرة، ولا في الإحصاءات.",
        "ليس في سجل الخادم أسماء، ومن رقم الهاتف آخر ثلاثة أرقام، ومن عنوان البريد ما بعد @. وحين ينظر أحدنا إلى المحفوظ أو يصدّره أو يحذفه يُكتب ذلك دون ذكر عمّن. وقد يكون في النسخ الاحتياطية ما حُذف ما دامت محفوظة.",
        "يمكنك في أي وقت سؤال الفرع عما هو محفوظ تحت رقمك أو بريدك، وطلب حذفه فورًا.");

    public static IReadOnlyList<string> Languages { get; } = ["en", "nb", "uk", "ar"];

    public static PrivacyWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };

    public static string Say(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
