namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> Portuguese => new()
    {
        [DeskPrompt.Welcome] = new("Tem marcação?", "Núm./tel.+ Enter", "Tem marcação? Digite o número da marcação ou o seu telefone e prima Enter, ou aproxime o seu código do leitor."),
        [DeskPrompt.PressButton] = new("Prima", "um botão", "Prima um botão para obter uma senha."),
        [DeskPrompt.YourNumber] = new("O seu número:", "", ""),
        [DeskPrompt.Wait] = new("Um momento ...", "", ""),
        [DeskPrompt.Issued] = new("Senha {label}", "Retire a senha", "Senha {label}. Retire a sua senha."),
        [DeskPrompt.TimedOut] = new("Tempo esgotado", "Tente novamente", "O tempo esgotou-se. Tente novamente."),
        [DeskPrompt.WrongNumber] = new("Número errado", "Tente novamente", "Não é um número de marcação nem de telefone. Tente novamente."),
        [DeskPrompt.UnknownBooking] = new("Sem marcação", "Tire uma senha", "Não foi encontrada nenhuma marcação. Verifique o número, ou tire uma senha."),
        [DeskPrompt.SeveralBookings] = new("Várias marcações", "Digite o número", "Tem várias marcações. Digite o número da marcação que deseja."),
        [DeskPrompt.AlreadyHere] = new("Já registado", "Aguarde", "Já está registado. Aguarde que o chamem."),
        [DeskPrompt.TooEarly] = new("Ainda é cedo", "Volte mais tarde", "Ainda é cedo. Volte pouco antes da sua marcação."),
        [DeskPrompt.TooLate] = new("Já é tarde", "Tire uma senha", "Já é tarde para esta marcação. Tire uma senha."),
        [DeskPrompt.Cancelled] = new("Foi cancelada", "Tire uma senha", "Esta marcação foi cancelada. Tire uma senha."),
        [DeskPrompt.NoCheckIn] = new("Indisponível", "Tire uma senha", "O registo não é possível neste momento. Tire uma senha."),
        [DeskPrompt.NoPaper] = new("Sem papel", "Peça ajuda", "Não há papel. Peça ajuda aos funcionários."),
        [DeskPrompt.NoTickets] = new("Sem senhas", "Peça ajuda", "Não é possível dar senhas neste momento. Peça ajuda aos funcionários."),
        [DeskPrompt.Closed] = new("Encerrado", "", "Está encerrado."),
        [DeskPrompt.Evacuation] = new("Saia do", "edifício", ""),
        [DeskPrompt.NotPossible] = new("Não é possível", "Peça ajuda", "Não é possível. Peça ajuda aos funcionários."),
        [DeskPrompt.BookingsOnly] = new("Só com marcação", "Faça marcação", "Agora é só com marcação. Faça uma marcação."),
        [DeskPrompt.NoMoreToday] = new("Hoje não há mais", "Venha outro dia", "Hoje não há mais senhas para este serviço. Venha outro dia."),
        [DeskPrompt.HallFull] = new("Sala cheia", "Volte mais tarde", "Há demasiadas pessoas neste momento. Volte um pouco mais tarde."),
        [DeskPrompt.HowMany] = new("Quantas pessoas?", "", "Quantas pessoas são? Escreva o número e prima Enter."),
        [DeskPrompt.YourPhone] = new("O seu telefone:", "", "Escreva o seu número de telefone e prima Enter."),
        [DeskPrompt.YourCase] = new("Seu processo:", "", "Escreva o número do seu processo e prima Enter, ou aproxime o código do leitor."),
    };
}
